/**
 * The auditor's view: what stands in the intakes of the posts that audit, as this computer has proved and opened it, and the
 * same as a file with its proof. It reads; there is no act here that changes anything.
 */
import { toBase64Url, utf8 } from '../../../shared/primitives/bytes.ts';
import type { AuditView } from '../../../shared/ipc/access.ts';
import type { ActCause } from '../../../shared/ipc/worker.ts';
import { decodeAudit } from '../../../shared/model/audit/act.ts';
import type { AuditLine, AuditManifest } from '../../../shared/model/audit/export.ts';
import { auditCsv } from '../../../shared/model/audit/export.ts';
import type { AreaId, DeviceId, Hash, SeatId } from '../../../shared/primitives/ids.ts';
import type { Result } from '../../../shared/primitives/result.ts';
import { fail, ok } from '../../../shared/primitives/result.ts';
import { decodeCard } from '../../../shared/seal/directory/card.ts';
import { seatsOf, statedIn } from '../../../shared/seal/directory/directory.ts';
import type { Entry } from '../../../shared/seal/entry/entry.ts';
import { SALT, decodeEntry, openSalted } from '../../../shared/seal/entry/entry.ts';
import { WRITE_CAUSES } from '../cases/exchange/exporting.ts';
import type { Session } from '../session.ts';
import { postName } from '../access/postName.ts';
import { myRoles } from '../access/roles.ts';
import { headerOf } from '../log/writer.ts';
import { auditors } from './places.ts';

/** The newest acts that a screen shows; an export holds all. */
const SHOWN = 1000;

/** The posts of this person that audit. */
function myPosts(session: Session): readonly SeatId[] {
  const own = session.directories.current(session.identity.org);
  const held = own ? seatsOf(own, session.identity.device) : new Set<SeatId>();
  return auditors(session).filter((seat) => held.has(seat));
}

/** Null: this person audits nothing. */
export async function auditView(session: Session): Promise<AuditView | null> {
  if (!myRoles(session).includes('auditor')) return null;
  const posts = myPosts(session);
  const areas = await Promise.all(
    posts.map(async (seat) => (await session.log.intake(session.identity.org, seat)).state.area),
  );
  const devices = session.directories.current(session.identity.org)?.known;
  const entries = session.facts.audits.all().filter(({ area }) => areas.includes(area));
  const rows = entries.flatMap((entry) =>
    entry.content.acts.map((act, i) => ({
      id: `${entry.hash} ${i}`,
      at: act.at,
      arrived: entry.relayTime,
      who: entry.content.by.personName,
      post: entry.content.by.post,
      computer: devices?.get(entry.device)?.name ?? '',
      what: act.what,
      said: act.said,
      title: act.title,
      to: act.to,
      place: entry.n,
    })),
  );
  const { standing } = session.words;
  const kept = await session.words.kept.lines();
  return {
    rows: rows.toSorted((a, b) => b.at - a.at).slice(0, SHOWN),
    acts: rows.length,
    chains: posts.map((seat, i) => {
      const replica = session.log.replica(areas[i] as AreaId);
      return {
        seat,
        post: postName(session, { org: session.identity.org, seat }),
        places: replica.row.n,
        at: replica.row.time,
        computers: replica.state.heads.size,
        holds: replica.lie === null,
      };
    }),
    relay: standing && { ...standing, kept: kept.length },
  };
}

/** Writes the audit of one post: `jsonl` with every proof, `csv` for reading. */
export async function exportAudit(
  session: Session,
  seat: SeatId,
  as: 'jsonl' | 'csv',
  token: string,
): Promise<Result<{ sha256: Hash }, ActCause>> {
  if (!myPosts(session).includes(seat)) return fail('not allowed');
  const { area } = (await session.log.intake(session.identity.org, seat)).state;
  const lines = await linesOf(session, area);
  const manifest = await manifestOf(session, area, new Set(lines.flatMap(({ device }) => device ?? [])));
  if (manifest === null || lines.length === 0) return fail('not whole');
  const text =
    as === 'csv'
      ? auditCsv(
          lines.flatMap(({ line, device, hash }) => (device && hash ? [{ ...line, device, hash }] : [])),
          iso,
        )
      : [manifest, ...lines.map(({ line }) => line)].map((one) => `${JSON.stringify(one)}\n`).join('');
  const written = await session.evidence.writeBytes(token, utf8(text));
  return written.ok ? ok({ sha256: written.value }) : fail(WRITE_CAUSES[written.cause]);
}

/** Writes the relay's words that are kept here, as its own commands read them. For who audits. */
export async function saveRelayWords(session: Session, token: string): Promise<Result<{ sha256: Hash }, ActCause>> {
  if (myPosts(session).length === 0) return fail('not allowed');
  const lines = await session.words.kept.lines();
  if (lines.length === 0) return fail('not whole');
  const written = await session.evidence.writeBytes(token, utf8(lines.map((line) => `${line}\n`).join('')));
  return written.ok ? ok({ sha256: written.value }) : fail(WRITE_CAUSES[written.cause]);
}

interface Line {
  readonly line: AuditLine;
  readonly device: DeviceId | null;
  readonly hash: Hash | null;
}

const iso = (at: number): string => new Date(at).toISOString();

async function linesOf(session: Session, area: AreaId): Promise<readonly Line[]> {
  const rows = await session.db.log.where('[area+n]').between([area, 0], [area, Infinity]).toArray();
  const lines: Line[] = [];
  for (const { n, time, h, hash, anchor, entry: encoded } of rows) {
    const entry = encoded === null ? null : decodeEntry(encoded);
    const value = entry?.ok ? entry.value : null;
    const said = value && hash ? await contentOf(session, hash, value) : null;
    const line: AuditLine = {
      n,
      time,
      h,
      anchor,
      header: value && toBase64Url(value.header),
      signature: value && toBase64Url(value.signature),
      content: said && toBase64Url(said),
      says: said && decodeAudit(said.subarray(SALT)),
    };
    lines.push({ line, device: value && headerOf(value).device, hash });
  }
  return lines;
}

/** Salt and content of an audit entry that was sealed for us. */
async function contentOf(session: Session, hash: Hash, entry: Entry): Promise<Uint8Array | null> {
  const header = headerOf(entry);
  if (header.kind !== 'audit' || entry.seal.by !== 'boxes') return null;
  for (const box of await session.db.boxes.where('subject').equals(hash).toArray()) {
    const key = await session.keyring.open(box);
    const { commit } = header;
    const opened =
      key?.length === 32 ? await openSalted(session.platform, key, { hash, commit }, entry.seal.sealed) : null;
    if (opened?.ok) return opened.value;
  }
  return null;
}

async function manifestOf(
  session: Session,
  area: AreaId,
  wanted: ReadonlySet<DeviceId>,
): Promise<AuditManifest | null> {
  const { identity, orgName, db, log } = session;
  const { generation, n, h, time, signature } = log.replica(area).row;
  const card = decodeCard(identity.card);
  if (h === null || signature === null || !card.ok) return null;
  const statements = await db.statements
    .where('[org+n]')
    .between([identity.org, 0], [identity.org, Infinity])
    .toArray();
  const devices = statements.filter(({ body }) => {
    const said = statedIn(body)?.statement;
    return said?.is === 'device' && wanted.has(said.device);
  });
  return {
    format: 'joinder audit',
    version: 1,
    organisation: { id: identity.org, name: orgName, authorityKey: toBase64Url(card.value.signKey) },
    area,
    relayKey: toBase64Url(identity.relayKey),
    tip: { generation, n, h, time, signature: toBase64Url(signature) },
    devices: devices.map(({ body, signature: by }) => ({ body: toBase64Url(body), signature: toBase64Url(by) })),
    exported: {
      by: session.directories.current(identity.org)?.people.get(identity.person)?.name ?? '',
      at: iso(session.platform.now()),
    },
  };
}
