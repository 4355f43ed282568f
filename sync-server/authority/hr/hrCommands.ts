/** `hr import FILE`: what a personnel file changes, in words or as JSON. Names stay on the terminal. */
import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import { fail } from '../../../shared/primitives/result.ts';
import type { Answer } from '../cli/onAuthority.ts';
import { onAuthority, said } from '../cli/onAuthority.ts';
import type { Imported } from './hrImport.ts';
import { importPersonnel } from './hrImport.ts';
import { doubtSentence } from './hrSentences.ts';
import type { Change } from './plan.ts';

export function addHrCommands(program: Command): void {
  const hr = program.command('hr').description('the personnel system');
  onAuthority(
    hr,
    'import <file>',
    'take who works here, in which post, from when until when, from a CSV file of the personnel system',
    [
      { flags: '--dry-run', says: 'say what would change, and change nothing' },
      { flags: '--force', says: 'take the file though a great many, or all of a unit, would leave' },
    ],
    async (authority, given): Promise<Answer> => {
      const bytes = readFile(given.words[0] ?? '');
      if (bytes === null) return fail('no personnel file');
      const done = await importPersonnel(authority, bytes, { dryRun: given.has('dryRun'), force: given.has('force') });
      return done.ok ? said(inJson(done.value), inWords(done.value)) : fail({ hr: done.cause });
    },
  );
}

function readFile(name: string): Uint8Array | null {
  try {
    return new Uint8Array(readFileSync(name));
  } catch {
    return null; // missing, a folder, or not ours to read: the same sentence
  }
}

const of = (what: Change['what'], { plan }: Imported): Change[] =>
  plan.changes.filter((change) => change.what === what);

const shown = ({ staffNumber, name, posts, on, difference }: Change): object => ({
  staffNumber,
  name,
  posts,
  ...(on === null ? {} : { on }),
  loses: difference.loses,
  gains: difference.gains,
});

function inJson(done: Imported): object {
  return {
    applied: done.applied,
    joiners: of('joins', done).map(shown),
    movers: of('moves', done).map(shown),
    leavers: of('leaves', done).map(shown),
    changed: of('changes', done).map(shown),
    unchanged: done.plan.unchanged,
    ...(done.doubt === null ? {} : { refusedUnlessForced: doubtSentence(done.doubt) }),
  };
}

const on = (change: Change): string => (change.on === null ? '' : ` from ${change.on}`);

/** Of somebody who was still to come, and is missing now. */
const endsBeforeItBegins = ({ facts: { hr } }: Change): boolean =>
  hr !== null && hr.from !== null && hr.until !== null && hr.until < hr.from;

function inWords(done: Imported): string {
  const lines = (title: string, what: Change['what'], say: (change: Change) => string): string[] => {
    const all = of(what, done);
    return [
      `${title}: ${all.length}`,
      ...all.map((change) => `  ${change.name} (${change.staffNumber}) ${say(change)}`),
    ];
  };
  return [
    ...lines('Joiners', 'joins', (one) => `joins${on(one)}: ${one.posts.join('; ')}`),
    ...lines(
      'Movers',
      'moves',
      (one) =>
        `moves${on(one)} to ${one.posts.join('; ')}: loses ${one.difference.loses.length}, gains ${one.difference.gains.length}`,
    ),
    ...lines(
      'Leavers',
      'leaves',
      (one) => `leaves${one.on === null ? ' now' : `, out${on(one)}`}: ${one.posts.join('; ')}`,
    ),
    ...lines('Other changes', 'changes', (one) =>
      endsBeforeItBegins(one) ? 'does not join any more' : 'has another name or other dates',
    ),
    `Unchanged: ${done.plan.unchanged}`,
    ...(done.doubt === null || done.applied ? [] : [doubtSentence(done.doubt)]),
    done.applied ? 'Imported.' : 'Nothing was changed: this was a dry run.',
  ].join('\n');
}
