/**
 * What the documents say of the code, read so that it can be held against it: the paths they name, the pages they link to,
 * and the rows of the table of limits. Owns no document; changes nothing.
 */
import { existsSync, globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { root } from '../setup/exec.mjs';

const ROOMS = /^(?:electron|renderer|shared|sync-server|test|docs)\/[\w@./*{},-]*$/;
const ROOT_FILE = /^(?:[A-Z]{4,}\.md|package\.json|electron-builder\.yml|[\w.]+\.config\.ts)$/;

const isThere = (named: string): boolean =>
  /[*{]/.test(named) ? globSync(named, { cwd: root }).length > 0 : existsSync(path.join(root, named));

/** Markdown without its fenced blocks, where names are examples. */
const prose = (text: string): string => text.replaceAll(/^```[\s\S]*?^```/gm, '');

/** The paths in backticks that are meant as paths of this repository, and that are not there. */
export function missingPaths(text: string, isHere: (named: string) => boolean = isThere): readonly string[] {
  const named = [...prose(text).matchAll(/`([^`\n]+)`/g)].map(([, code = '']) => code);
  return named.filter((code) => (ROOMS.test(code) || ROOT_FILE.test(code)) && !isHere(code));
}

/** The pages and pictures that a document links to beside it, and that are not there. */
export function missingLinks(file: string): readonly string[] {
  const links = [...prose(readFileSync(path.join(root, file), 'utf8')).matchAll(/\]\(([^)\s]+)\)/g)].map(
    ([, to = '']) => to,
  );
  const own = links.filter((to) => !/^(?:https?:|#)/.test(to)).map((to) => to.split('#')[0] ?? '');
  return own.filter((to) => !existsSync(path.join(root, path.dirname(file), to)));
}

export interface Limit {
  readonly what: string;
  readonly says: string;
  readonly code: string;
  readonly file: string;
}

/** The rows of tables whose last two cells are code and its file. */
export function limitsIn(text: string): readonly Limit[] {
  return [...text.matchAll(/^\| ([^|]+) \| ([^|]+) \| `([^`|]+)` \| `([\w./-]+\.tsx?)` \|$/gm)].map(
    ([, what = '', says = '', code = '', file = '']) => ({ what, says, code, file }),
  );
}

const UNITS: Readonly<Record<string, number>> = {
  KiB: 2 ** 10,
  MiB: 2 ** 20,
  GiB: 2 ** 30,
  SECOND: 1000,
  MINUTE: 60_000,
  HOUR: 3_600_000,
  DAY: 86_400_000,
};
const SAID: Readonly<Record<string, number>> = { '': 1, ...UNITS, ms: 1, s: 1000, min: 60_000, days: 86_400_000 };

const factor = (text: string): number =>
  text
    .split(' ** ')
    .map((part) => UNITS[part] ?? Number(part.replaceAll('_', '')))
    .reduceRight((power, base) => base ** power);

/** The value of a product as the code writes it: `8 * MiB`, `200 * 2 ** 30`, `90 * 86_400_000`. */
export function valueOf(expression: string): number {
  return expression
    .split(' * ')
    .map(factor)
    .reduce((product, next) => product * next, 1);
}

/** The number at the beginning of what the table says, with its unit. */
export function saidValue(says: string): number {
  const [, digits = '', unit = ''] = /^([\d,.]+)(?: (KiB|MiB|GiB|ms|s|min|days)\b)?/.exec(says) ?? [];
  return digits === '' ? Number.NaN : Number(digits.replaceAll(',', '')) * (SAID[unit] ?? Number.NaN);
}

const literal = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** What is wrong with a row; null where code and document agree. `source`: the file's text, null where it is missing. */
export function faultOf(limit: Limit, source: string | null): string | null {
  if (source === null) return `${limit.file} is not there`;
  const [, name, inside = '', expression = ''] = /^(?:(\w+)(?: =|:) |(.*[(,] ?))(.+)$/.exec(limit.code) ?? [];
  const before = name === undefined ? literal(inside) : `\\b${name}(?:: \\w+)?(?: =|:) `;
  if (!new RegExp(`${before}${literal(expression)}(?! \\*|\\w)`).test(source))
    return `${limit.file} does not say ${limit.code}`;
  return valueOf(expression) === saidValue(limit.says)
    ? null
    : `the document says ${limit.says}, the code ${expression}`;
}

export const sourceOf = (file: string): string | null =>
  existsSync(path.join(root, file)) ? readFileSync(path.join(root, file), 'utf8') : null;
