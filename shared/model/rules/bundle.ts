/**
 * A rule set as one piece of bytes, in which an organisation publishes it: the canonical JSON of all its files. The same
 * rules are the same bytes, so that their SHA-256 says which rules judged a case. Promises that what reads is whole.
 */
import { equalBytes, fromUtf8, toHex, utf8 } from '../../primitives/bytes.ts';
import type { Hash } from '../../primitives/ids.ts';
import { canonicalJson, readJson } from '../../primitives/json.ts';
import { sha256 } from '../../primitives/platform.ts';
import type { Platform } from '../../primitives/platform.ts';
import { fail, ok } from '../../primitives/result.ts';
import type { Result } from '../../primitives/result.ts';
import { KiB } from '../../primitives/units.ts';
import type { ByteCount } from '../../primitives/units.ts';
import { loadRules, readSet } from './load.ts';
import { MANIFEST, manifest } from './manifest.ts';
import { faultsOf } from './parts.ts';
import type { FileFault } from './parts.ts';
import type { RuleSet } from './ruleSet.ts';

const FORMAT = 'joinder rule bundle';
export const LARGEST_BUNDLE: ByteCount = 512 * KiB;

/** Which rules judged: shown beside every judgement, and kept with a case. */
export interface Edition {
  readonly name: string;
  readonly edition: string;
  readonly organisation: string;
  readonly from: string;
  /** Over the bundle. */
  readonly sha256: Hash;
}

export interface Bundle {
  readonly bytes: Uint8Array;
  readonly set: RuleSet;
}

/** Makes a bundle of the texts of a rule folder; what the manifest does not name stays out. */
export function bundleOf(texts: Readonly<Record<string, string>>): Result<Bundle, readonly FileFault[]> {
  const set = loadRules(texts);
  if (!set.ok) return set;
  const bytes = bytesOf(set.value);
  return bytes.length > LARGEST_BUNDLE ? fail([tooLarge]) : ok({ bytes, set: set.value });
}

const bytesOf = (set: RuleSet): Uint8Array =>
  utf8(canonicalJson({ format: FORMAT, version: 1, files: Object.fromEntries(set.files) }));

/** Reads a bundle, from whoever it came: size, form, every file, and that it is canonical. */
export function readBundle(bytes: Uint8Array): Result<RuleSet, readonly FileFault[]> {
  if (bytes.length > LARGEST_BUNDLE) return fail([tooLarge]);
  const text = textOf(bytes);
  const read = text === null ? fail({ place: '', sentence: 'It is not UTF-8.' }) : readJson(text);
  if (!read.ok) return fail([{ file: 'bundle', ...read.cause }]);
  const files = filesOf(read.value);
  if (files === null)
    return fail([{ file: 'bundle', place: '', sentence: 'It is not a bundle of rules that this version knows.' }]);
  const head = manifest.safeParse(files.get(MANIFEST));
  if (!head.success) return fail(faultsOf(MANIFEST, head.error));
  const set = readSet(head.data, new Map([MANIFEST, ...head.data.files].map((name) => [name, files.get(name)])));
  if (!set.ok) return set;
  const same = files.size === set.value.files.size && equalBytes(utf8(canonicalJson(read.value)), bytes);
  return same
    ? set
    : fail([{ file: 'bundle', place: '', sentence: 'It is not in canonical form. Make it again from its files.' }]);
}

const tooLarge: FileFault = {
  file: 'bundle',
  place: '',
  sentence: `It is too large: over ${LARGEST_BUNDLE / KiB} KiB.`,
};

function filesOf(value: unknown): ReadonlyMap<string, unknown> | null {
  if (typeof value !== 'object' || value === null || !('files' in value) || !('format' in value)) return null;
  const { format, files } = value;
  if (format !== FORMAT || !('version' in value) || value.version !== 1) return null;
  return typeof files === 'object' && files !== null && !Array.isArray(files) ? new Map(Object.entries(files)) : null;
}

function textOf(bytes: Uint8Array): string | null {
  try {
    return fromUtf8(bytes);
  } catch {
    return null; // a decoder tells what is not UTF-8 only by throwing
  }
}

/** Which rules these are. */
export async function editionOf(platform: Platform, set: RuleSet): Promise<Edition> {
  const { name, edition, organisation, from } = set.manifest;
  return { name, edition, organisation, from, sha256: toHex(await sha256(platform, bytesOf(set))) as Hash };
}
