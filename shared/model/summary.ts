/**
 * Shared rich text (the case summary) as ProseMirror keeps it in Yjs: its place in a document, a copy of its current nodes
 * by value (no history, nothing deleted, no client of the source), and its plain text for a package.
 */
import * as Y from 'yjs';

/** The name of the text in its document: what Tiptap's Collaboration extension takes as `field`. */
export const SUMMARY_FIELD = 'summary';

const LIMIT = 200_000;
const CUT = '\n[The rest is left out here. It is in the Case file.]';

/** Copies the current nodes of one text into another, which should be a fresh one. */
export function copySummary(from: Y.XmlFragment, to: Y.XmlFragment): void {
  const nodes = from
    .toArray()
    .flatMap((node) => (node instanceof Y.XmlElement || node instanceof Y.XmlText ? [node.clone()] : []));
  if (nodes.length === 0) return;
  const insert = (): void => to.push(nodes);
  if (to.doc) to.doc.transact(insert);
  else insert();
}

const asText = (node: unknown): string =>
  node instanceof Y.XmlElement || node instanceof Y.XmlText ? node.toJSON() : '';

/** Makes one text say what another says, by value: paragraphs that differ are put in place of those that stand there, the rest is left as it is. */
export function replaceSummary(from: Y.XmlFragment, to: Y.XmlFragment): void {
  const [wanted, here] = [from.toArray(), to.toArray()];
  let start = 0;
  while (start < Math.min(wanted.length, here.length) && asText(wanted[start]) === asText(here[start])) start++;
  let end = 0;
  const most = Math.min(wanted.length, here.length) - start;
  while (end < most && asText(wanted.at(-1 - end)) === asText(here.at(-1 - end))) end++;
  const fresh = wanted
    .slice(start, wanted.length - end)
    .flatMap((node) => (node instanceof Y.XmlElement || node instanceof Y.XmlText ? [node.clone()] : []));
  const change = (): void => {
    if (here.length - end > start) to.delete(start, here.length - end - start);
    if (fresh.length > 0) to.insert(start, fresh);
  };
  if (to.doc) to.doc.transact(change);
  else change();
}

const plainOf = (text: Y.XmlText): string =>
  (text.toDelta() as { insert?: unknown }[])
    .map((part) => (typeof part.insert === 'string' ? part.insert : ''))
    .join('');

const isInline = (node: unknown): boolean =>
  node instanceof Y.XmlText || (node instanceof Y.XmlElement && node.nodeName === 'hardBreak');

function linesOf(node: Y.XmlElement | Y.XmlFragment): string[] {
  const children = node.toArray();
  if (children.length > 0 && children.every(isInline))
    return [children.map((child) => (child instanceof Y.XmlText ? plainOf(child) : '\n')).join('')];
  return children.flatMap((child) => {
    if (child instanceof Y.XmlText) return [plainOf(child)];
    if (!(child instanceof Y.XmlElement)) return [];
    const lines = linesOf(child);
    return child.nodeName === 'listItem'
      ? lines.map((line, i) => `${i === 0 ? '- ' : '  '}${line}`)
      : lines.length > 0
        ? lines
        : [''];
  });
}

/** The summary of a document as plain text, a line for each paragraph; what is too long for a package says so. */
export function summaryText(doc: Y.Doc): string {
  const text = linesOf(doc.getXmlFragment(SUMMARY_FIELD)).join('\n').trim();
  return text.length <= LIMIT ? text : text.slice(0, LIMIT - CUT.length) + CUT;
}

/** Writes plain text into a fresh text, a paragraph for each line: the inverse of `summaryText` for plain paragraphs. */
export function writeSummary(to: Y.XmlFragment, text: string): void {
  if (text === '') return;
  const paragraphs = text.split('\n').map((line) => {
    const paragraph = new Y.XmlElement('paragraph');
    if (line !== '') paragraph.insert(0, [new Y.XmlText(line)]);
    return paragraph;
  });
  to.push(paragraphs);
}
