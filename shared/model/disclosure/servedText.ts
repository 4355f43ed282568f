/**
 * The index of a served bundle as a page that any browser shows, and its manifest: what lies in the folder, for who
 * receives it without Joinder. Says what is there and nothing of what is not. Every text is escaped.
 */
import { formOf } from '../formats/forms.ts';
import type { Served, ServedBundle } from './served.ts';

export const INDEX_FILE = 'Index.html';

interface Heading {
  readonly title: string;
  readonly urn: string | null;
  readonly at: string;
  /** Name, post and organisation of who made it. */
  readonly by: string;
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const esc = (text: string): string => text.replaceAll(/[&<>"']/g, (sign) => ESCAPES[sign] ?? sign);
const cells = (tag: 'th' | 'td', texts: readonly string[]): string =>
  `<tr>${texts.map((text) => `<${tag}>${esc(text)}</${tag}>`).join('')}</tr>`;
const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  `<table><thead>${cells('th', head)}</thead><tbody>${rows.map((row) => cells('td', row)).join('')}</tbody></table>`;

const formName = ({ form }: Served): string => {
  const known = form === null ? null : formOf(form);
  return known ? `${known.code}: ${known.name}` : '';
};

/** `called`: the name under which a document was written. */
export function asServedText(
  { groups, schedule }: ServedBundle,
  { title, urn, at, by }: Heading,
  called: (document: Served) => string = ({ file }) => file.name,
): string {
  const head = ['Title', 'Form', 'Dated', 'File', 'Bytes', 'SHA-256'];
  const parts = groups.map(({ group, documents }) => {
    const rows = documents.map((one) => [
      one.title,
      formName(one),
      one.dated ?? '',
      called(one),
      String(one.file.bytes),
      one.file.sha256,
    ]);
    return `<h2>${esc(group)}</h2>${table(head, rows)}`;
  });
  const lines = schedule.map((line) => [
    String(line.number),
    line.reference,
    line.description,
    line.disclosed ? 'Disclosed' : '',
  ]);
  const unused =
    lines.length === 0
      ? '<p>No non-sensitive unused material is listed.</p>'
      : table(['No.', 'Reference', 'Description', 'Disclosed'], lines);
  const style =
    'body{font:15px/1.5 sans-serif;margin:2rem;max-width:70rem}table{border-collapse:collapse;width:100%}' +
    'th,td{border-bottom:1px solid #bbb;padding:.3rem .6rem;text-align:left;vertical-align:top;overflow-wrap:anywhere}';
  return [
    '<!doctype html><html lang="en-GB"><head><meta charset="utf-8">',
    `<title>${esc(title)}</title><style>${style}</style></head><body>`,
    `<h1>${esc(title)}</h1><p>${urn === null ? '' : `URN ${esc(urn)}. `}Made ${esc(at)} by ${esc(by)}.</p>`,
    ...parts,
    '<h2>Schedule of non-sensitive unused material (MG6C)</h2>',
    unused,
    '</body></html>\n',
  ].join('\n');
}

export interface ServedManifest {
  readonly format: 'joinder served bundle';
  readonly version: 1;
  readonly index: { readonly file: string; readonly bytes: number; readonly sha256: string };
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly by: { readonly name: string; readonly post: string; readonly organisation: string };
  readonly files: readonly {
    readonly title: string;
    readonly file: string;
    readonly bytes: number;
    readonly sha256: string;
  }[];
}

export const servedManifest = (
  files: readonly { readonly document: Served; readonly file: string }[],
  index: ServedManifest['index'],
  made: Pick<ServedManifest, 'at' | 'by'>,
): ServedManifest => ({
  format: 'joinder served bundle',
  version: 1,
  index,
  ...made,
  files: files.map(({ document: { title, file: is }, file }) => ({ title, file, bytes: is.bytes, sha256: is.sha256 })),
});
