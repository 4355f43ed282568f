/**
 * Owns whether a PDF is encrypted or cut off, by its trailer alone: the dictionary that the last `startxref` leads to, or
 * that follows the word `trailer`. What stands elsewhere in the file, such as the word /Encrypt in a text, says nothing.
 * Source: ISO 32000-1, 7.5.5 to 7.5.8 and 7.6.1.
 */
import type { Source } from './source.ts';
import { AT_ONCE } from './source.ts';

export type PdfState = 'good' | 'encrypted' | 'cut off';

const TAIL = 64 * 1024;

export async function lookAtPdf(source: Source): Promise<PdfState> {
  const from = Math.max(0, source.size - TAIL);
  const tail = latin(await source.read(from, TAIL));
  const pointer = [...tail.matchAll(/startxref\s{1,8}(\d{1,12})/g)].at(-1)?.[1];
  if (pointer === undefined) return 'cut off';
  const trailers = [
    ...[...tail.matchAll(/trailer\s{0,8}(?=<<)/g)].map(({ index, 0: word }) => tail.slice(index + word.length)),
    await trailerAt(source, Number(pointer)),
  ];
  return trailers.some((text) => keysOf(text).has('Encrypt')) ? 'encrypted' : 'good';
}

/** The dictionary of the cross-reference stream at an offset, or of the trailer that follows a table there; empty: neither. */
async function trailerAt(source: Source, at: number): Promise<string> {
  const text = latin(await source.read(at, AT_ONCE));
  const stream = /^\s{0,8}\d{1,10}\s{1,8}\d{1,5}\s{1,8}obj\s{0,8}(?=<<)/.exec(text);
  if (stream) return text.slice(stream[0].length);
  if (!/^\s{0,8}xref/.test(text)) return '';
  const word = text.indexOf('trailer');
  return word < 0 ? '' : text.slice(word + 'trailer'.length).trimStart();
}

const latin = (bytes: Buffer): string => bytes.toString('latin1');

/** What a dictionary is made of: brackets, strings, comments, names and the rest. Each alternative takes its text once. */
const TOKEN =
  /<<|>>|[[\]{}]|\((?:[^()\\]|\\[\s\S]|\([^()\\]{0,500}\)){0,2000}\)|<[0-9A-Fa-f\s]{0,4000}>|%[^\r\n]{0,4000}|\/[^\s()<>[\]{}/%]{0,127}|[^\s()<>[\]{}/%]{1,200}|\s{1,4000}/y;

/** The keys of the dictionary with which a text begins, but those whose value is null. */
export function keysOf(text: string): ReadonlySet<string> {
  const keys = new Set<string>();
  let depth = 0;
  let key: string | null = null;
  TOKEN.lastIndex = 0;
  for (let token = TOKEN.exec(text)?.[0]; token !== undefined; token = TOKEN.exec(text)?.[0]) {
    if (/^[\s%]/.test(token)) continue;
    if (token === '<<' || token === '[' || token === '{') depth++;
    else if (token === '>>' || token === ']' || token === '}') depth--;
    if (depth === 0) break;
    if (depth > 1 || token === ']' || token === '>>') {
      if (depth > 1 && key !== null) key = kept(keys, key);
    } else if (key === null) key = token.startsWith('/') ? nameOf(token) : null;
    else key = token === 'null' ? null : kept(keys, key);
  }
  return keys;
}

function kept(keys: Set<string>, key: string): null {
  keys.add(key);
  return null;
}

/** A name as it is meant: `#45` stands for E. */
const nameOf = (token: string): string =>
  token.slice(1).replaceAll(/#([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
