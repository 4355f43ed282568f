/**
 * An audit as a file: JSON lines with every place of the order and what proves it, or CSV for reading. Whoever holds the JSON
 * lines can compute the order anew to the place that the relay signed, verify each device's signature and chain, and hold
 * every sentence against what its header commits to; with nothing of Joinder's but this.
 */
import { fromBase64Url } from '../../primitives/bytes.ts';
import type { AreaId, DeviceId, Hash, OrgId } from '../../primitives/ids.ts';
import type { Key, Platform } from '../../primitives/platform.ts';
import { importVerifyKey, verify } from '../../primitives/platform.ts';
import { csv } from '../work/measures/csv.ts';
import { orgIdOf } from '../../seal/directory/card.ts';
import { readSigned } from '../../seal/directory/directory.ts';
import { SALT, commitTo } from '../../seal/entry/entry.ts';
import type { Header } from '../../seal/entry/header.ts';
import { decodeHeader, hashHeader } from '../../seal/entry/header.ts';
import { LABEL } from '../../seal/labels.ts';
import { extendOrder, hashAnchor, verifyTip } from '../../seal/area/order.ts';
import type { AuditContent } from './act.ts';
import { decodeAudit } from './act.ts';

/** The first line: whose audit, up to which signed place. Bytes are base64url. */
export interface AuditManifest {
  readonly format: 'joinder audit';
  readonly version: 1;
  readonly organisation: { readonly id: OrgId; readonly name: string; readonly authorityKey: string };
  readonly area: AreaId;
  readonly relayKey: string;
  readonly tip: {
    readonly generation: number;
    readonly n: number;
    readonly h: Hash;
    readonly time: number;
    readonly signature: string;
  };
  /** Statements of the directory that admit each device, signed by the authority. */
  readonly devices: readonly { readonly body: string; readonly signature: string }[];
  readonly exported: { readonly by: string; readonly at: string };
}

/** Every other line: one place of the order. */
export interface AuditLine {
  readonly n: number;
  readonly time: number;
  readonly h: Hash;
  readonly anchor: { readonly org: OrgId; readonly directory: Hash } | null;
  readonly header: string | null;
  readonly signature: string | null;
  /** Salt and content, as committed to; null where it is no audit entry, or could not be opened. */
  readonly content: string | null;
  /** The same for people; `content` is what is proved. */
  readonly says: AuditContent | null;
}

const COLUMNS = [
  'when',
  'who',
  'post',
  'what',
  'said',
  'case',
  'to',
  'case id',
  'version',
  'act',
  'entry',
  'place',
  'device',
];

/** One row for each act, oldest first; `written` writes a time down. */
export function auditCsv(
  lines: readonly (AuditLine & { readonly device: DeviceId; readonly hash: Hash })[],
  written: (at: number) => string,
): string {
  const rows = lines.flatMap(({ says, n, device, hash }) =>
    (says?.acts ?? []).map((act) => [
      written(act.at),
      says?.by.personName ?? '',
      says?.by.post ?? '',
      act.what,
      act.said,
      act.title,
      act.to ?? '',
      act.case ?? '',
      act.version ?? '',
      act.entry ?? '',
      hash,
      String(n),
      device,
    ]),
  );
  return `\uFEFF${csv([COLUMNS, ...rows])}`;
}

const rowsIn = (table: string): readonly string[] =>
  table
    .replace(/^\uFEFF/, '')
    .split('\r\n')
    .filter((row) => row !== '');

/** Whether a CSV says what an export proves: row by row, in this order. `proof`: an export that verified. Each fault a sentence with a row. */
export async function checkAuditCsv(
  platform: Platform,
  text: string,
  { proof, written }: { readonly proof: string; readonly written: (at: number) => string },
): Promise<readonly string[]> {
  const [, ...rest] = proof.split('\n').filter((line) => line !== '');
  const lines = await Promise.all(
    rest.map(async (one) => {
      const line = JSON.parse(one) as AuditLine;
      const bytes = line.header === null ? null : fromBase64Url(line.header);
      const header = bytes && decodeHeader(bytes);
      return bytes && header?.ok
        ? [{ ...line, device: header.value.device, hash: await hashHeader(platform, bytes) }]
        : [];
    }),
  );
  const wanted = rowsIn(auditCsv(lines.flat(), written));
  const given = rowsIn(text);
  const faults: string[] = [];
  for (let i = 0; i < Math.max(wanted.length, given.length); i++) {
    const [one, other] = [given[i], wanted[i]];
    if (one === other) continue;
    if (one === undefined) faults.push(`The CSV ends at row ${i}, and the audit has ${wanted.length - i} more.`);
    else if (other === undefined) faults.push(`Row ${i + 1} of the CSV is in no place of the audit.`);
    else faults.push(`Row ${i + 1} of the CSV is not what the audit says there.`);
    if (one === undefined || faults.length === MOST_FAULTS) break;
  }
  return faults;
}
/** One row put in or left out shifts all after it: who reads the first few knows. */
const MOST_FAULTS = 20;

export interface AuditVerdict {
  readonly ok: boolean;
  readonly entries: number;
  readonly acts: number;
  readonly devices: number;
  /** Each a sentence with a place; empty: everything holds. */
  readonly faults: readonly string[];
}

/** Verifies an export. Throws on nothing that a file may hold. */
export async function verifyAudit(platform: Platform, text: string): Promise<AuditVerdict> {
  try {
    return await check(platform, text);
  } catch {
    return { ok: false, entries: 0, acts: 0, devices: 0, faults: ['It cannot be read as an audit export.'] };
  }
}

interface Admitted {
  readonly key: Key;
  readonly person: string;
}

async function check(platform: Platform, text: string): Promise<AuditVerdict> {
  const [first = '', ...rest] = text.split('\n').filter((line) => line !== '');
  const manifest = JSON.parse(first) as AuditManifest;
  const faults: string[] = [];
  const devices = await devicesIn(platform, manifest, faults);
  const { tip, area } = manifest;
  const relay = await importVerifyKey(platform, fromBase64Url(manifest.relayKey));
  const signed = { ...tip, area, signature: fromBase64Url(tip.signature) };
  if (!(await verifyTip(platform, relay, signed))) faults.push('The relay did not sign the last place.');
  const heads = new Map<DeviceId, { incarnation: number; counter: number; hash: Hash }>();
  let before: { n: number; h: Hash | null } = { n: 0, h: null };
  let acts = 0;
  let entries = 0;
  for (const line of rest.map((one) => JSON.parse(one) as AuditLine)) {
    const found = await checkLine(platform, line, { before, devices, heads, area });
    faults.push(...found.faults);
    acts += found.acts;
    entries += line.header === null ? 0 : 1;
    before = { n: line.n, h: line.h };
  }
  if (before.n !== tip.n || before.h !== tip.h)
    faults.push(`It ends at place ${before.n}, and the relay signed ${tip.n}.`);
  return { ok: faults.length === 0, entries, acts, devices: heads.size, faults };
}

async function devicesIn(
  platform: Platform,
  { organisation, devices }: AuditManifest,
  faults: string[],
): Promise<ReadonlyMap<DeviceId, Admitted>> {
  const bytes = fromBase64Url(organisation.authorityKey);
  if ((await orgIdOf(platform, bytes)) !== organisation.id)
    faults.push('The authority’s key is not the organisation’s.');
  const key = await importVerifyKey(platform, bytes);
  const known = new Map<DeviceId, Admitted>();
  for (const { body, signature } of devices) {
    const said = await readSigned(platform, key, { body: fromBase64Url(body), signature: fromBase64Url(signature) });
    if (!said.ok || said.value.statement.is !== 'device') {
      faults.push('A statement about a computer is not the authority’s.');
      continue;
    }
    const { device, person, signKey } = said.value.statement;
    known.set(device, { key: await importVerifyKey(platform, signKey), person });
  }
  return known;
}

interface Standing {
  readonly before: { readonly n: number; readonly h: Hash | null };
  readonly devices: ReadonlyMap<DeviceId, Admitted>;
  readonly heads: Map<DeviceId, { incarnation: number; counter: number; hash: Hash }>;
  readonly area: AreaId;
}

async function checkLine(
  platform: Platform,
  line: AuditLine,
  { before, devices, heads, area }: Standing,
): Promise<{ readonly faults: readonly string[]; readonly acts: number }> {
  const faults: string[] = [];
  const wrong = (what: string): void => void faults.push(`Place ${line.n}: ${what}.`);
  if (line.n !== before.n + 1) wrong(`place ${before.n + 1} is missing`);
  const bytes = line.header === null ? null : fromBase64Url(line.header);
  const item = bytes ? await hashHeader(platform, bytes) : line.anchor ? await hashAnchor(platform, line.anchor) : null;
  if (item === null || (await extendOrder(platform, before.h, line.time, item)) !== line.h)
    wrong('it does not follow the one before it');
  if (bytes === null || item === null) return { faults, acts: 0 };
  const header = decodeHeader(bytes);
  if (!header.ok || header.value.area !== area) return { faults: [...faults, `Place ${line.n}: no header.`], acts: 0 };
  const { device } = header.value;
  const admitted = devices.get(device);
  const signature = fromBase64Url(line.signature ?? '');
  // A partner's computer is of another directory: its place in the order is all that is proved of it here.
  if (admitted && !(await verify(platform, admitted.key, signature, LABEL.entry, bytes)))
    wrong('its computer did not sign it');
  if (!follows(heads.get(device), header.value)) wrong('an entry of the same computer before it is missing');
  heads.set(device, { incarnation: header.value.incarnation, counter: header.value.counter, hash: item });
  const said = line.content === null ? null : fromBase64Url(line.content);
  if (said && (await commitTo(platform, said)) !== header.value.commit) wrong('it says something else than was signed');
  const content = said && decodeAudit(said.subarray(SALT));
  if (content && JSON.stringify(content) !== JSON.stringify(line.says))
    wrong('what it says in words is not what was signed');
  if (content && (!admitted || content.by.person !== admitted.person)) wrong('it names another person as its author');
  if (header.value.kind === 'audit' && content === null) wrong('what it says is not there');
  return { faults, acts: content?.acts.length ?? 0 };
}

const follows = (
  head: { readonly incarnation: number; readonly counter: number; readonly hash: Hash } | undefined,
  { incarnation, counter, prev }: Header,
): boolean =>
  head === undefined || incarnation > head.incarnation
    ? counter === 1 && prev === null
    : incarnation === head.incarnation && counter === head.counter + 1 && prev === head.hash;
