/**
 * A report as a PDF, read back: its text, its structure for screen readers, its pages.
 */
import { readFile } from 'node:fs/promises';
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { caseReport } from '../../../../../shared/model/report/caseReport.ts';
import type { Block, Report } from '../../../../../shared/model/report/report.ts';
import { builtInRules } from '../../../../../shared/model/rules/builtIn.ts';
import { example } from '../../../../../shared/model/snapshot/example/example.ts';
import type { Fonts } from './draw.ts';
import { drawReport } from './draw.ts';

const FONTS = 'node_modules/pdfjs-dist/standard_fonts';
let fonts: Fonts;
beforeAll(async () => {
  fonts = {
    regular: await readFile(`${FONTS}/LiberationSans-Regular.ttf`),
    bold: await readFile(`${FONTS}/LiberationSans-Bold.ttf`),
  };
});

interface Read {
  readonly pages: readonly string[];
  readonly roles: readonly string[];
  readonly marked: boolean;
  readonly language: string;
  readonly title: string;
  readonly outline: readonly string[];
}

async function read(report: Report): Promise<Read> {
  const pdf = await getDocument({ data: new Uint8Array(await drawReport(report, fonts)) }).promise;
  const pages: string[] = [];
  const roles: string[] = [];
  for (let n = 1; n <= pdf.numPages; n++) {
    const page = await pdf.getPage(n);
    const { items } = await page.getTextContent();
    pages.push(items.map((item) => ('str' in item ? item.str : '')).join(' ')); // prettier-ignore
    roles.push(...rolesIn(await page.getStructTree()));
  }
  const { info } = (await pdf.getMetadata()) as { info: { Language?: string; Title?: string } };
  const outline = ((await pdf.getOutline()) ?? []).map(({ title }) => title); // prettier-ignore
  const marked = ((await pdf.getMarkInfo()) as unknown as Map<string, boolean> | null)?.get('Marked') === true; // its types say an object
  return { pages, roles, marked, language: info.Language ?? '', title: info.Title ?? '', outline };
}

interface Node {
  readonly role?: string;
  readonly type?: string;
  readonly children?: readonly Node[];
}
const holds = ({ type, children = [] }: Node): boolean => type === 'content' || children.some(holds);

/** The roles of what stands on a page, parents first. */
const rolesIn = (node: unknown): string[] => {
  const { role, children = [] } = node as Node;
  return holds(node as Node) ? [...(role === undefined ? [] : [role]), ...children.flatMap(rolesIn)] : [];
};

/** Without what stands on every page, which may come between two words. */
const edgeless = (pages: readonly string[]): string =>
  plain(
    pages
      .join(' ')
      .replaceAll(/OFFICIAL-SENSITIVE|(?:as of )?22 Nov 2026( 14:02 \u00b7 SHA-256 \w+\u2026)?\s+Page \d+ of \d+/g, ''),
  );
const plain = (text: string): string => text.replaceAll(/\s+/g, '');
const reportOf = (blocks: readonly Block[]): Report => ({
  title: 'R v Garside',
  author: 'DC Priya Nair',
  at: Date.UTC(2026, 10, 22),
  marking: 'OFFICIAL-SENSITIVE',
  footer: 'as of 22 Nov 2026',
  blocks,
});

describe('a case as a PDF', () => {
  it('holds the parts of the case, tagged, with bookmarks, marking and page numbers on every page', async () => {
    const snapshot = example('trial', '2026-11-22', builtInRules());
    const sha256 = 'ab'.repeat(32);
    const report = caseReport(snapshot, { name: 'DC Priya Nair', post: 'Officer', organisation: 'Fellshire Police', at: Date.UTC(2026, 10, 22), timeText: () => '22 Nov 2026 14:02', sha256, rules: 'Rules 1', stage: 'Trial', history: [{ at: 0, sentence: 'Case created' }] }); // prettier-ignore
    const { pages, roles, marked, language, title, outline } = await read(report);
    const all = edgeless(pages);
    for (const said of [
      snapshot.case.title,
      'Made by: DC Priya Nair, Officer, Fellshire Police',
      sha256,
      ...snapshot.files.map(({ sha256: hash }) => hash),
      ...snapshot.summary.split('\n'),
    ])
      // prettier-ignore
      expect(all).toContain(plain((said ?? '').replaceAll('OFFICIAL-SENSITIVE', '')));
    for (const list of ['suspects', 'witnesses'] as const)
      for (const { family } of snapshot[list]) expect(all).toContain(plain(family ?? ''));
    expect(marked).toBe(true);
    expect(language).toBe('en-GB');
    expect(title).toContain(snapshot.case.title);
    expect(new Set(roles)).toEqual(
      new Set(['Root', 'Document', 'H1', 'H2', 'H3', 'P', 'L', 'LI', 'LBody', 'Table', 'TR', 'TH', 'TD']),
    );
    expect(outline).toContain('Statements');
    for (const [i, page] of pages.entries()) {
      expect(page.split('OFFICIAL').length - 1).toBeGreaterThanOrEqual(2);
      expect(page).toContain(`Page ${i + 1} of ${pages.length}`);
    }
  });

  it('carries a long table over pages, each row once and the head on each', async () => {
    const rows = Array.from({ length: 300 }, (_, i) => [
      String(i),
      `Exhibit-number-${i}-end ${'with a long description '.repeat(i % 7)}`,
    ]);
    const { pages, roles } = await read(reportOf([{ is: 'table', columns: [{ title: 'No.', share: 1 }, { title: 'Described', share: 4 }], rows }])); // prettier-ignore
    const all = plain(pages.join(' '));
    for (let i = 0; i < 300; i++) expect(all.split(`Exhibit-number-${i}-end`)).toHaveLength(2);
    expect(pages.length).toBeGreaterThan(5);
    for (const page of pages) expect(page).toContain('Described');
    expect(roles.filter((role) => role === 'TR').length).toBeGreaterThanOrEqual(301);
    expect(roles.filter((role) => role === 'TH')).toHaveLength(2);
  });

  it('cuts nothing: a row taller than a page, a word without a break, a letter that the font lacks', async () => {
    const tall = Array.from({ length: 3000 }, (_, i) => `word${i}`).join(' ');
    const long = 'x'.repeat(400);
    const { pages } = await read(
      reportOf([
        { is: 'table', columns: [{ title: 'A', share: 1 }, { title: 'B', share: 1 }], rows: [['first', tall], [long, 'last']] }, // prettier-ignore
        { is: 'lines', lines: [{ label: 'Name', value: '\u674e Wa\u0142\u0119sa' }] },
      ]),
    );
    const all = edgeless(pages);
    expect(all).toContain(plain(tall));
    expect(all.split('x').length - 1).toBeGreaterThanOrEqual(400);
    expect(all).toContain('[U+674E]Wa\u0142\u0119sa');
  });
});
