/**
 * What a leak search looks for: phrases of a case and samples of its evidence, and every form in which a program that does
 * not mean to tell them could still write them down. A needle's name says what it is; its text stays in here.
 */
import { open } from 'node:fs/promises';

export interface Needle {
  /** What a finding is called: never the text itself. */
  readonly name: string;
  readonly bytes: Buffer;
  /** Text is looked for in the encodings of text, a sample of a file only in those of bytes. */
  readonly isText: boolean;
}

/** One form of one needle, as bytes. */
export interface Pattern {
  readonly needle: string;
  readonly encoding: string;
  readonly bytes: Buffer;
}

/** Shorter ones are found everywhere by chance, and slow the scan. */
export const SHORTEST = 8;
const SAMPLE = 32;

export function phrase(name: string, text: string): Needle {
  const bytes = Buffer.from(text, 'utf8');
  if (bytes.length < SHORTEST) throw new Error(`the phrase "${name}" is too short to be looked for`);
  return { name, bytes, isText: true };
}

/** Three pieces of a file: near its start, about its middle (in the very middle two sealed pieces may meet), near its end. A file too small for a piece gives itself. */
export async function samplesOf(name: string, file: string): Promise<readonly Needle[]> {
  const handle = await open(file);
  try {
    const { size } = await handle.stat();
    if (size < SHORTEST) return [];
    const length = Math.min(SAMPLE, size);
    const found: Needle[] = [];
    for (const [where, part] of [
      ['first', 0.1],
      ['second', 0.43],
      ['third', 0.9],
    ] as const) {
      const bytes = Buffer.alloc(length);
      await handle.read(bytes, 0, length, Math.floor((size - length) * part));
      // A run of zeros or of spaces is in every file, and tells nobody anything.
      if (new Set(bytes).size >= SHORTEST) found.push({ name: `${name}, ${where} sample`, bytes, isText: false });
    }
    return found;
  } finally {
    await handle.close();
  }
}

/** Every form of every needle, each once. */
export function patternsOf(needles: readonly Needle[]): readonly Pattern[] {
  const seen = new Set<string>();
  return needles.flatMap((needle) =>
    [...formsOf(needle)].flatMap(([encoding, bytes]) => {
      const key = bytes.toString('latin1');
      if (seen.has(key) || bytes.length < SHORTEST) return [];
      seen.add(key);
      return [{ needle: needle.name, encoding, bytes }];
    }),
  );
}

function* formsOf({ bytes, isText }: Needle): Generator<readonly [string, Buffer]> {
  yield [isText ? 'UTF-8' : 'bytes', bytes];
  yield* armoured('', bytes);
  yield ['numbers in a list', Buffer.from(bytes.join(','))];
  yield ['numbers in a spaced list', Buffer.from(bytes.join(', '))];
  if (isText) yield* formsOfText(bytes.toString('utf8'));
}

function* formsOfText(text: string): Generator<readonly [string, Buffer]> {
  const little = Buffer.from(text, 'utf16le');
  yield ['UTF-16LE', little];
  yield ['UTF-16BE', Buffer.from(little).swap16()];
  yield ['Latin-1', Buffer.from(text, 'latin1')];
  yield* armoured('UTF-16LE in ', little);
  for (const [how, escape] of JSON_ESCAPES) yield [how, Buffer.from([...units(text)].map(escape).join(''))];
  yield ['percent', Buffer.from(encodeURIComponent(text))];
  yield ['percent, + for spaces', Buffer.from(encodeURIComponent(text).replaceAll('%20', '+'))];
  // What an index for searching would hold.
  for (const [how, folded] of [
    ['lower case', text.toLowerCase()],
    ['upper case', text.toUpperCase()],
  ] as const) {
    yield [`${how} UTF-8`, Buffer.from(folded)];
    yield [`${how} UTF-16LE`, Buffer.from(folded, 'utf16le')];
    yield [`${how} UTF-16BE`, Buffer.from(folded, 'utf16le').swap16()];
  }
}

const units = (text: string): string[] => Array.from({ length: text.length }, (_, at) => text.charAt(at));
const escaped = (unit: string): string => String.raw`\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
const upper = (unit: string): string => `\\u${escaped(unit).slice(2).toUpperCase()}`;
const quoted = (unit: string): string => JSON.stringify(unit).slice(1, -1);
const isPlain = (unit: string): boolean => unit >= ' ' && unit <= '~';
const slashed = (unit: string): string => (unit === '/' ? String.raw`\/` : quoted(unit));

const JSON_ESCAPES: readonly (readonly [string, (unit: string) => string])[] = [
  ['JSON', quoted],
  ['JSON, slashes escaped', slashed],
  ['JSON, ASCII only', (unit) => (isPlain(unit) ? quoted(unit) : escaped(unit))],
  ['JSON, ASCII only, slashes escaped', (unit) => (isPlain(unit) ? slashed(unit) : escaped(unit))],
  ['JSON, ASCII only, upper case', (unit) => (isPlain(unit) ? quoted(unit) : upper(unit))],
  ['JSON, all escaped', escaped],
  ['JSON, all escaped, upper case', upper],
];

function* armoured(of: string, bytes: Buffer): Generator<readonly [string, Buffer]> {
  const hex = bytes.toString('hex');
  yield [`${of}hex`, Buffer.from(hex)];
  yield [`${of}upper-case hex`, Buffer.from(hex.toUpperCase())];
  for (const before of [0, 1, 2]) {
    const text = base64Within(bytes, before);
    yield [`${of}base64, alignment ${before}`, Buffer.from(text)];
    yield [`${of}base64url, alignment ${before}`, Buffer.from(text.replaceAll('+', '-').replaceAll('/', '_'))];
  }
}

/** The letters of base64 that these bytes alone decide when so many others (mod 3) stand before them. */
function base64Within(bytes: Buffer, before: number): string {
  const letters = Buffer.concat([Buffer.alloc(before), bytes])
    .toString('base64')
    .replaceAll('=', '');
  const whole = Math.floor(((before + bytes.length) * 8) / 6);
  return letters.slice(Math.ceil((before * 8) / 6), whole);
}
