/** A case for reading leaves nothing out that the case holds. */
import { describe, expect, it } from 'vitest';
import { LIST_NAMES, fieldsOf } from '../formats/index.ts';
import { STAGES } from '../formats/stages.ts';
import { builtInRules } from '../rules/builtIn.ts';
import { example } from '../snapshot/example/example.ts';
import type { CaseSnapshot } from '../snapshot/schema.ts';
import { keptText } from '../snapshot/values.ts';
import { caseReport } from './caseReport.ts';
import type { Block } from './report.ts';

const textOf = (blocks: readonly Block[]): string =>
  blocks
    .flatMap((block) => {
      if (block.is === 'lines') return block.lines.flatMap(({ label, value }) => [label, value]);
      if (block.is === 'table') return [...block.columns.map(({ title }) => title), ...block.rows.flat()];
      return [block.text];
    })
    .join('\n');
const report = (snapshot: CaseSnapshot) =>
  caseReport(snapshot, {
    name: 'DC Priya Nair',
    post: 'Officer',
    organisation: 'Fellshire Police',
    at: 0,
    timeText: (at) => `at ${at}`,
    sha256: 'ab'.repeat(32),
    rules: 'Rules, edition 1',
    stage: 'Trial',
    history: [{ at: 7, sentence: 'Case created' }],
  });

/** Everything that is written in the record, but references: those are shown by name. */
function written(snapshot: CaseSnapshot): string[] {
  return LIST_NAMES.flatMap((list) =>
    (snapshot[list] as readonly Readonly<Record<string, unknown>>[]).flatMap((row) =>
      fieldsOf(list).flatMap(({ key, to }) => {
        const text = to ? null : keptText(row[key]);
        return text === null ? [] : [text];
      }),
    ),
  );
}

describe('a case for reading', () => {
  it.each(STAGES)('holds all that the record says, every file by its SHA-256, and who made it: %s', (stage) => {
    const snapshot = example(stage, '2026-11-22', builtInRules());
    const all = textOf(report(snapshot).blocks);
    for (const said of written(snapshot)) expect(all).toContain(said);
    for (const { sha256, name } of snapshot.files) {
      expect(all).toContain(sha256);
      expect(all).toContain(name);
    }
    for (const said of ['DC Priya Nair, Officer, Fellshire Police', 'ab'.repeat(32), 'at 0', 'Case created'])
      expect(all).toContain(said);
  });

  it('keeps sensitive material in a part of its own, with a word of warning, and takes the highest marking', () => {
    const snapshot = example('trial', '2026-11-22', builtInRules());
    const { blocks, marking } = report(snapshot);
    const at = blocks.findIndex((block) => block.is === 'heading' && block.text === 'Sensitive material');
    const secret = snapshot.material.find(({ sensitivity }) => sensitivity === 'sensitive')?.description ?? '';
    expect(secret).not.toBe('');
    expect(textOf(blocks.slice(0, at))).not.toContain(secret);
    expect(textOf(blocks.slice(at, at + 3))).toContain(secret);
    expect(textOf(blocks.slice(at, at + 3))).toContain('Nothing of this part may be given to the defence');
    expect(marking).toBe('OFFICIAL-SENSITIVE');
  });
});
