/**
 * Putting packages, or receipts for packages, onto a stick: what the post that it is for needs to judge and open them, and their
 * chunks. A package goes as the entry that was written for the post's intake, so that by stick and by link it is one and the same.
 * Of other packages only the links of this device's chain go along; of everything else that was said to the post, all.
 */
import type { OrgId, PackageId, SeatId } from '../../../../shared/primitives/ids.ts';
import { toHex } from '../../../../shared/primitives/bytes.ts';
import type { Result } from '../../../../shared/primitives/result.ts';
import { fail, ok } from '../../../../shared/primitives/result.ts';
import type { PackageFile, PackageState } from '../../../../shared/model/foldPackage.ts';
import type { Box } from '../../../../shared/seal/boxes.ts';
import { sealBox } from '../../../../shared/seal/boxes.ts';
import type { SeatKey } from '../../../../shared/seal/directory/directory.ts';
import { decodeEntry, encodeEntry } from '../../../../shared/seal/entry/entry.ts';
import { LABEL } from '../../../../shared/seal/labels.ts';
import type { CarriedEntry } from '../../../../shared/seal/stick/contents.ts';
import { sealContents } from '../../../../shared/seal/stick/contents.ts';
import type { ChunkOnStick } from '../../../../shared/seal/stick/head.ts';
import { LARGEST_CONTENTS } from '../../../../shared/seal/stick/head.ts';
import type { StickOutCause } from '../../../../shared/status/stickCauses.ts';
import { headerIn } from '../../log/renewal.ts';
import type { Session } from '../../session.ts';
import type { LetterRow } from '../../store/database.ts';
import type { Moving } from '../moving/moving.ts';
import { packageOf } from '../caseIndex.ts';
import { withOwnLetters } from './again.ts';

/** The post at the other end of a package. */
const otherPost = ({ side, content }: PackageState): { readonly org: OrgId; readonly seat: SeatId } =>
  side === 'sender' ? content.to : content.from;

export interface Prepared {
  readonly sealed: Uint8Array;
  readonly chunks: readonly ChunkOnStick[];
  /** Those of the chosen packages that go along; of the others, what is said of them does. */
  readonly sent: readonly PackageState[];
}

/** All that goes onto the stick, sealed; the chunks are named, and read when it is written. */
export async function prepareStick(
  session: Session,
  moving: Moving,
  ids: readonly PackageId[],
): Promise<Result<Prepared, StickOutCause>> {
  const chosen = ids.map((id) => packageOf(session, id));
  const packages = chosen.filter((pkg) => pkg !== null);
  const [first] = packages;
  if (!first || packages.length < chosen.length) return fail('not found');
  const to = otherPost(first);
  if (packages.some((pkg) => otherPost(pkg).org !== to.org || otherPost(pkg).seat !== to.seat))
    return fail('several posts');
  const seatKey = session.directories.current(to.org)?.seats.get(to.seat);
  if (!seatKey) return fail('nobody there');
  const going = packages.filter(({ side }) => side === 'sender');
  const cause = cannotGo(going, moving);
  if (cause) return fail(cause);
  const posted = await withOwnLetters(session, going);
  if (!posted.ok) return posted;
  const sent = posted.value;
  const entries = await entriesFor(session, to, seatKey, sent);
  if (!entries.ok) return entries;
  if (sent.length === 0 && entries.value.length === 0) return fail('nothing to say');
  const { platform, identity, vault, db } = session;
  const rows = await db.statements.where('[org+n]').between([identity.org, 0], [identity.org, Infinity]).toArray();
  const contents = {
    org: identity.org,
    device: identity.device,
    time: platform.now(),
    statements: rows.map(({ body, signature }) => ({ body, signature })),
    entries: entries.value,
    chunks: chunksOf(sent),
  };
  const sealed = await sealContents(platform, contents, seatKey, (body) => vault.sign(LABEL.stick, [body]));
  return sealed.length > LARGEST_CONTENTS ? fail('too large') : ok({ sealed, chunks: contents.chunks, sent });
}

function cannotGo(sent: readonly PackageState[], moving: Moving): StickOutCause | null {
  if (sent.some(({ withdrawn }) => withdrawn)) return 'withdrawn';
  if (sent.some(({ posted }) => !posted)) return 'not posted';
  const files = sent.flatMap((pkg) => pkg.files).filter(goes);
  return files.every(({ file }) => moving.here.has(file.content.version)) ? null : 'missing here';
}

/** Not what was left out, or went in error before. */
export const goes = ({ dropped, inError }: PackageFile): boolean => dropped === null && inError === null;

/** Each chunk once, whatever names it. */
function chunksOf(sent: readonly PackageState[]): readonly ChunkOnStick[] {
  const once = new Map<string, ChunkOnStick>();
  for (const { files } of sent)
    for (const { file } of files.filter(goes))
      for (const { hash, size } of file.content.chunks) once.set(hash, { hash, size });
  return [...once.values()];
}

/** This device's chain in the post's intake, as far as it is kept here: the relay may have it or not. */
async function entriesFor(
  { log, db, facts }: Session,
  to: { readonly org: OrgId; readonly seat: SeatId },
  key: SeatKey,
  sent: readonly PackageState[],
): Promise<Result<readonly CarriedEntry[], StickOutCause>> {
  const { area } = (await log.intake(to.org, to.seat)).state;
  const waiting = await db.outbox.where('area').equals(area).sortBy('seq');
  const rows: Pick<LetterRow, 'hash' | 'entry' | 'boxes'>[] = [
    ...(await db.letters.where('area').equals(area).toArray()),
    ...waiting.filter(({ foreign }) => foreign !== true),
  ];
  const keys = new Map(
    sent.flatMap(({ posted, package: id }) => {
      const said = facts.of('posted').find(({ fact }) => fact.package === id && fact.entry === posted?.entry);
      return said ? [[said.fact.entry, said.fact.key] as const] : [];
    }),
  );
  const held = new Set(rows.map(({ hash }) => hash));
  if (sent.some(({ posted }) => !posted || !keys.has(posted.entry) || !held.has(posted.entry)))
    return fail('elsewhere');
  const entries: CarriedEntry[] = [];
  for (const row of rows) {
    const oneTime = keys.get(row.hash);
    if (headerIn(row)?.kind === 'package' && !oneTime) entries.push(stubOf(row));
    else entries.push({ entry: row.entry, boxes: await boxesOf(row) });
  }
  return ok(entries);

  /** The post may have another key than when it was written. */
  async function boxesOf({ hash, boxes }: Pick<LetterRow, 'hash' | 'boxes'>): Promise<readonly Box[]> {
    const oneTime = keys.get(hash);
    const has = boxes.some((box) => box.to === key.seat && box.generation === key.generation);
    return oneTime && !has ? [...boxes, await sealBox(hash, key.seat, key.generation, key.publicKey, oneTime)] : boxes;
  }
}

/** Header and signature alone: enough to judge what comes after it. */
function stubOf({ entry }: Pick<LetterRow, 'entry'>): CarriedEntry {
  const read = decodeEntry(entry);
  if (!read.ok) throw new Error('an entry that was sent is unreadable');
  return { entry: encodeEntry({ ...read.value, seal: { by: 'erased' } }), boxes: [] };
}

/** A name that says nothing of what is in it. */
export const stickName = ({ platform }: Pick<Session, 'platform'>): string => `joinder-${toHex(platform.random(4))}`;
