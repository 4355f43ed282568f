/**
 * Electron's fuses: switches in the program itself, which decide what it can be made to do from outside. Read and set here
 * by the format of the wire (a sentinel, version, length, one byte for each), so that what electron-builder set is read back
 * by something else than what set it.
 */
import { closeSync, openSync, readFileSync, writeSync } from 'node:fs';

const SENTINEL = Buffer.from('dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX');
/** Their places on the wire, version 1, named as in electron-builder.yml. */
export const FUSES = [
  'runAsNode',
  'enableCookieEncryption',
  'enableNodeOptionsEnvironmentVariable',
  'enableNodeCliInspectArguments',
  'enableEmbeddedAsarIntegrityValidation',
  'onlyLoadAppFromAsar',
  'loadBrowserProcessSpecificV8Snapshot',
  'grantFileProtocolExtraPrivileges',
] as const;
export type Fuse = (typeof FUSES)[number];
export type FuseWish = Readonly<Partial<Record<Fuse, boolean>>>;

const [OFF, ON] = ['0'.charCodeAt(0), '1'.charCodeAt(0)];

function wireOf(program: Buffer): { readonly at: number; readonly length: number } {
  const found = program.indexOf(SENTINEL);
  if (found < 0) throw new Error('This program has no fuses: it is no Electron.');
  const version = program[found + SENTINEL.length];
  if (version !== 1) throw new Error(`The fuses are of version ${version}, and 1 is what is known here.`);
  return { at: found + SENTINEL.length + 2, length: program[found + SENTINEL.length + 1] ?? 0 };
}

/** What each is set to; null: this Electron does not have it, or took it out. */
export function readFuses(file: string): Readonly<Record<Fuse, boolean | null>> {
  const program = readFileSync(file);
  const { at, length } = wireOf(program);
  const said = FUSES.map((name, i) => {
    const byte = i < length ? program[at + i] : undefined;
    return [name, byte === ON ? true : byte === OFF ? false : null] as const;
  });
  return Object.fromEntries(said) as Record<Fuse, boolean | null>;
}

export function setFuses(file: string, wish: FuseWish): void {
  const { at, length } = wireOf(readFileSync(file));
  const handle = openSync(file, 'r+');
  try {
    for (const [i, name] of FUSES.entries()) {
      const wanted = wish[name];
      if (wanted !== undefined && i < length) writeSync(handle, Buffer.from([wanted ? ON : OFF]), 0, 1, at + i);
    }
  } finally {
    closeSync(handle);
  }
}

/** What electron-builder.yml wants. */
export function wishedFuses(yaml: string): FuseWish {
  const section = /^electronFuses:\n((?: {2}.*\n)+)/m.exec(yaml)?.[1] ?? '';
  const lines = [...section.matchAll(/^ {2}(\w+): (true|false)$/gm)];
  return Object.fromEntries(lines.map(([, name, value]) => [name, value === 'true']));
}

/** Every fuse that is not as wished, in words. One that this Electron does not have is passed over. */
export function differing(file: string, wish: FuseWish): string[] {
  const set = readFuses(file);
  return FUSES.flatMap((name) =>
    wish[name] === undefined || set[name] === null || set[name] === wish[name]
      ? []
      : [`${name} is ${String(set[name])}, and ${String(wish[name])} is wanted`],
  );
}
