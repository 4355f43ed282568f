/**
 * A report as a PDF that can be read with eyes, with a screen reader and in fifty years: tagged (headings, tables with
 * their heads, lists of fields), with bookmarks, fonts inside, the marking above and below every page, and page numbers.
 * Promises that no text is cut: what does not fit a page goes on, and a character that the font lacks is named by its code.
 */
import { PDFDocument } from 'pdfkit';
import type { Block, Column, Report } from '../../../../../shared/model/report/report.ts';

export interface Fonts {
  readonly regular: Uint8Array;
  readonly bold: Uint8Array;
}

type Doc = PDFDocument;
type Struct = ReturnType<Doc['struct']>;

/** Points. */
const MARGIN = { x: 50, top: 64, bottom: 64 } as const;
const SIZES = { 1: 20, 2: 14, 3: 11 } as const;
const TEXT = 10;
const SMALL = 8;
const PAD = 3;

const [REGULAR, BOLD] = ['regular', 'bold'] as const;

interface Sheet {
  readonly doc: Doc;
  readonly root: Struct;
  readonly safe: (text: string) => string;
}

const bottomOf = ({ doc }: Sheet): number => doc.page.height - MARGIN.bottom;
const widthOf = ({ doc }: Sheet): number => doc.page.width - 2 * MARGIN.x;

/** Draws it; the bytes of the whole file. */
export async function drawReport(report: Report, fonts: Fonts): Promise<Uint8Array> {
  const doc = new PDFDocument({
    size: 'A4',
    margins: { left: MARGIN.x, right: MARGIN.x, top: MARGIN.top, bottom: MARGIN.bottom },
    pdfVersion: '1.7',
    subset: 'PDF/UA',
    tagged: true,
    lang: 'en-GB',
    displayTitle: true,
    bufferPages: true,
    font: fonts.regular,
    info: { Title: report.title, Author: report.author, Producer: 'Joinder', CreationDate: new Date(report.at) },
  });
  const bytes = gather(doc);
  doc.registerFont(REGULAR, fonts.regular);
  doc.registerFont(BOLD, fonts.bold);
  const root = doc.struct('Document');
  doc.addStructure(root);
  const sheet: Sheet = { doc, root, safe: safeFor(doc) };
  for (const block of report.blocks) drawBlock(sheet, block);
  root.end();
  drawEdges(sheet, report);
  doc.end();
  return bytes;
}

function gather(doc: Doc): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  return new Promise((done, failed) => {
    doc.on('data', (part: Uint8Array) => parts.push(part));
    doc.on('error', failed);
    doc.on('end', () => {
      const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
      let at = 0;
      for (const part of parts) {
        whole.set(part, at);
        at += part.length;
      }
      done(whole);
    });
  });
}

/** Replaces what the font cannot show by its code, so that nothing is lost unseen. */
function safeFor(doc: Doc): (text: string) => string {
  doc.font(REGULAR);
  // oxlint-disable-next-line no-underscore-dangle -- pdfkit has no public way to ask
  const { font } = doc._font;
  const known = new Map<string, string>();
  const shown = (letter: string): string => {
    const before = known.get(letter);
    if (before !== undefined) return before;
    const code = letter.codePointAt(0) ?? 0;
    const plain = letter === '\n' || (code >= 0x20 && code !== 0x7f && font.hasGlyphForCodePoint(code));
    const text = plain
      ? letter
      : letter === '\t' || letter === '\r'
        ? ' '
        : `[U+${code.toString(16).toUpperCase().padStart(4, '0')}]`;
    known.set(letter, text);
    return text;
  };
  return (text) => Array.from(text.normalize('NFC'), shown).join('');
}

function drawBlock(sheet: Sheet, block: Block): void {
  switch (block.is) {
    case 'heading':
      return drawHeading(sheet, block.level, block.text);
    case 'text':
      return drawText(sheet, block.text, block.quiet === true);
    case 'lines':
      return drawLines(sheet, block.lines);
    case 'table':
      return drawTable(sheet, block.columns, block.rows);
  }
}

/** A heading never stands alone at the end of a page. */
function drawHeading(sheet: Sheet, level: 1 | 2 | 3, said: string): void {
  const { doc, root, safe } = sheet;
  const text = safe(said);
  doc.font(BOLD).fontSize(SIZES[level]).fillColor('black');
  const height = doc.heightOfString(text, { width: widthOf(sheet) });
  if (doc.y + height + 3 * TEXT > bottomOf(sheet)) doc.addPage();
  else if (level > 1) doc.y += level === 2 ? 14 : 8;
  root.add(doc.struct(`H${level}`, { title: text }, () => doc.text(text, MARGIN.x, doc.y, { width: widthOf(sheet) })));
  if (level === 2) doc.outline.addItem(text);
  doc.y += 4;
}

function drawText(sheet: Sheet, said: string, quiet: boolean): void {
  const { doc, root, safe } = sheet;
  doc
    .font(REGULAR)
    .fontSize(TEXT)
    .fillColor(quiet ? '#555555' : 'black');
  root.add(doc.struct('P', () => doc.text(safe(said), MARGIN.x, doc.y, { width: widthOf(sheet), lineGap: 2 })));
  doc.y += 4;
}

/** Label and value on one line where both are short; a long value goes on below, over pages where it must. */
function drawLines(sheet: Sheet, lines: readonly { readonly label: string; readonly value: string }[]): void {
  const { doc, root, safe } = sheet;
  const list = doc.struct('L');
  root.add(list);
  doc.fontSize(TEXT).fillColor('black');
  for (const { label, value } of lines) {
    const item = doc.struct('LI');
    list.add(item);
    item.add(
      doc.struct('LBody', () => {
        doc
          .font(BOLD)
          .text(`${safe(label)}: `, MARGIN.x, doc.y, { width: widthOf(sheet), continued: true, lineGap: 1.5 });
        doc.font(REGULAR).text(safe(value), { continued: false, lineGap: 1.5 });
      }),
    );
    item.end();
  }
  list.end();
  doc.y += 4;
}

interface Cells {
  readonly texts: readonly string[];
  readonly height: number;
}

function drawTable(sheet: Sheet, columns: readonly Column[], rows: readonly (readonly string[])[]): void {
  const { doc, root, safe } = sheet;
  const shares = columns.reduce((sum, { share }) => sum + share, 0);
  const widths = columns.map(({ share }) => (widthOf(sheet) * share) / shares);
  const measured = (texts: readonly string[], font: string): Cells => {
    doc.font(font).fontSize(SMALL);
    const heights = texts.map((text, i) =>
      text === '' ? 0 : doc.heightOfString(text, { width: (widths[i] ?? 0) - 2 * PAD }),
    );
    return { texts, height: Math.max(SMALL, ...heights) + 2 * PAD };
  };
  const head = measured(columns.map(({ title }) => safe(title)), BOLD); // prettier-ignore
  const table = doc.struct('Table');
  root.add(table);
  const begin = (asHead: boolean): void => {
    drawRow(sheet, asHead ? table : null, head, widths, true);
  };
  if (doc.y + head.height + 3 * SMALL > bottomOf(sheet)) doc.addPage();
  begin(true);
  for (const texts of rows) {
    const row = measured(texts.map(safe), REGULAR); // prettier-ignore
    const room = bottomOf(sheet) - MARGIN.top - head.height;
    if (row.height > room) {
      drawTallRow(sheet, table, columns, row.texts);
      continue;
    }
    if (doc.y + row.height > bottomOf(sheet)) {
      doc.addPage();
      begin(false);
    }
    drawRow(sheet, table, row, widths, false);
  }
  table.end();
  doc.x = MARGIN.x;
  doc.y += 6;
}

/** One row on one page. The head that is drawn again on a later page is decoration: it was read once. */
function drawRow(
  sheet: Sheet,
  table: Struct | null,
  { texts, height }: Cells,
  widths: readonly number[],
  isHead: boolean,
): void {
  const { doc } = sheet;
  const top = doc.y;
  const row = table === null ? null : doc.struct('TR');
  // Part of the whole before its cells are: what is not is drawn later.
  if (row !== null) table?.add(row);
  let x: number = MARGIN.x;
  if (isHead) asArtifact(doc, () => doc.rect(MARGIN.x, top, widthOf(sheet), height).fill('#e8eceb'));
  for (const [i, text] of texts.entries()) {
    const width = widths[i] ?? 0;
    const left = x + PAD;
    const draw = (): void => {
      doc
        .font(isHead ? BOLD : REGULAR)
        .fontSize(SMALL)
        .fillColor('black');
      if (text !== '') doc.text(text, left, top + PAD, { width: width - 2 * PAD });
    };
    if (row === null) asArtifact(doc, draw);
    else row.add(isHead ? doc.struct('TH', { scope: 'Column' }, draw) : doc.struct('TD', draw));
    x += width;
  }
  row?.end();
  asArtifact(doc, () => doc.moveTo(MARGIN.x, top + height).lineTo(MARGIN.x + widthOf(sheet), top + height).lineWidth(0.5).stroke('#b5bdbb')); // prettier-ignore
  doc.x = MARGIN.x;
  doc.y = top + height;
}

/** A row that no page holds: each cell below the other, over as many pages as it takes, still one row to a screen reader. */
function drawTallRow(sheet: Sheet, table: Struct, columns: readonly Column[], texts: readonly string[]): void {
  const { doc, safe } = sheet;
  const row = doc.struct('TR');
  table.add(row);
  for (const [i, text] of texts.entries()) {
    const title = safe(columns[i]?.title ?? '');
    row.add(
      doc.struct('TD', () => {
        if (text === '') return;
        doc.font(BOLD).fontSize(SMALL).fillColor('black').text(`${title}: `, MARGIN.x + PAD, doc.y + PAD, { width: widthOf(sheet) - 2 * PAD, continued: true }); // prettier-ignore
        doc.font(REGULAR).text(text, { continued: false });
      }),
    );
  }
  row.end();
  doc.y += PAD;
}

function asArtifact(doc: Doc, draw: () => void): void {
  doc.markContent('Artifact', { type: 'Layout' });
  draw();
  doc.endMarkedContent();
}

/** Marking above and below, state and page number below, once the number of pages is known. */
function drawEdges(sheet: Sheet, { marking, footer }: Report): void {
  const { doc, safe } = sheet;
  const { start, count } = doc.bufferedPageRange();
  for (let i = 0; i < count; i++) {
    doc.switchToPage(start + i);
    // Text in the margin would begin a new page otherwise.
    doc.page.margins.bottom = 0;
    doc.markContent('Artifact', { type: 'Pagination' });
    const width = widthOf(sheet);
    const line = { width, lineBreak: false } as const;
    doc.font(BOLD).fontSize(TEXT).fillColor('black');
    doc.text(marking, MARGIN.x, 30, { ...line, align: 'center' });
    doc.text(marking, MARGIN.x, doc.page.height - 46, { ...line, align: 'center' });
    doc.font(REGULAR).fontSize(SMALL);
    doc.text(safe(footer), MARGIN.x, doc.page.height - 30, { ...line, align: 'left' });
    doc.text(`Page ${i + 1} of ${count}`, MARGIN.x, doc.page.height - 30, { ...line, align: 'right' });
    doc.endMarkedContent();
    doc.page.margins.bottom = MARGIN.bottom;
  }
}
