/**
 * Releasing: a package is complete when it is written, on line or not. `release` freezes it as an event of Working
 * papers; `post`, when its conditions hold, makes or feeds the Case file and puts the package into the receiving post's
 * intake. What is shared is named by value; nothing of Working papers comes along.
 */
import { newId } from '../../../shared/primitives/naming.ts';
import type { PackageId } from '../../../shared/primitives/ids.ts';
import type { Result } from '../../../shared/primitives/result.ts';
import { fail, ok } from '../../../shared/primitives/result.ts';
import type { ActCause, Release, ReleasePreview } from '../../../shared/ipc/worker.ts';
import { encodeFact } from '../../../shared/model/events.ts';
import type { CaseEvent, FileRecord, PackageContent, Party } from '../../../shared/model/events.ts';
import { readRecord, summaryText, valueOf } from '../../../shared/model/record.ts';
import { recordLines } from '../../../shared/model/recordLines.ts';
import { fingerprint } from '../../../shared/seal/card.ts';
import { sentTwice } from '../../../shared/model/work/alreadySent.ts';
import { streamOf } from '../../../shared/seal/places.ts';
import type { ChainPiece, Piece, WriteCause } from '../log/writer.ts';
import type { Session } from '../session.ts';
import { audienceOf } from './audience.ts';
import { meAs } from './me.ts';
import type { CaseArea } from './caseIndex.ts';
import { areaOf, fileOf, packages, packagesOf } from './caseIndex.ts';
import { mayShareHere } from './permitted.ts';
import { publishText } from './publishText.ts';
import { makeArea } from './makeArea.ts';
import { beginningFacts } from './work/beginning.ts';

export const actCause = (cause: WriteCause): ActCause =>
  cause === 'disk full' || cause === 'locked' ? cause : 'not allowed';

/** Writes pieces, answering what a screen can say. */
export async function act(session: Session, pieces: readonly (Piece | ChainPiece)[]): Promise<Result<null, ActCause>> {
  const written = await session.log.writer.write(pieces);
  return written.ok ? ok(null) : fail(actCause(written.cause));
}

export const eventPiece = async (session: Session, area: Piece['area'], event: CaseEvent): Promise<Piece> => ({
  area,
  stream: await streamOf(session.platform, area, 'events'),
  kind: 'event',
  plain: encodeFact(event),
  seal: 'stream',
});

/** An event for the reader of a post's intake. */
export async function intakePiece(
  session: Session,
  to: Pick<Party, 'org' | 'seat'>,
  kind: Piece['kind'],
  plain: Uint8Array,
): Promise<Piece> {
  const replica = await session.log.intake(to.org, to.seat);
  const area = replica.state.area;
  return {
    area,
    stream: await streamOf(session.platform, area, 'events'),
    kind,
    plain,
    seal: { boxTo: [{ org: to.org, seat: to.seat }] },
  };
}

type Receiver = PackageContent['to'];

function receiverOf(session: Session, seat: Release['to']): Receiver | null {
  const { directories } = session;
  for (const org of directories.partners()) {
    const held = directories.current(org)?.posts.get(seat);
    if (held) return { org, orgName: directories.nameOf(org, ''), seat, post: `${held.title}, ${held.unit}` };
  }
  return null;
}

/** The Case file that is live with an organisation. What is live with one is never shown or given to another. */
function liveWith(session: Session, of: Release['case'], org: Receiver['org']): CaseArea | null {
  const found = areaOf(session, of, 'case file');
  const seats = found && session.log.replica(found.area).access?.seats;
  return seats && [...seats.values()].some((grant) => grant.org === org) ? found : null;
}

interface Prepared {
  readonly content: PackageContent;
  readonly me: Party;
}

async function prepare(session: Session, asked: Release): Promise<Result<Prepared, ActCause>> {
  const working = areaOf(session, asked.case, 'working papers');
  const me = working && meAs(session, working.begun.fact.by.seat);
  if (!mayShareHere(session, 'released')) return fail('not allowed');
  const to = receiverOf(session, asked.to);
  if (!working || !me) return fail('not found');
  if (!to) return fail('nobody there');
  const files = asked.versions.map((version) => fileOf(session, version));
  if (files.some((file) => file === null)) return fail('not found');
  const shared = liveWith(session, asked.case, to.org) ?? working;
  const record = readRecord(session.docs.doc(shared.area, await streamOf(session.platform, shared.area, 'record')));
  const summary = summaryText(session.docs.doc(shared.area, await streamOf(session.platform, shared.area, 'summary')));
  const title = valueOf(record.fields, 'title').slice(0, 300);
  const urn = valueOf(record.fields, 'urn').slice(0, 20) || null;
  const content: PackageContent = {
    is: 'package',
    package: newId<PackageId>(session.platform),
    case: asked.case,
    title,
    urn,
    kind: working.begun.fact.kind,
    from: me,
    to,
    purpose: asked.purpose,
    urgency: asked.urgency,
    note: asked.note,
    answers: asked.answers,
    at: session.platform.now(),
    summary,
    record: [...recordLines(record, audienceOf(session, asked.case, to.org, files as FileRecord[]))],
    files: files as FileRecord[],
    caseFile: shared.kind === 'case file' ? shared.area : null,
  };
  return ok({ content, me });
}

/** What the receiving organisation would newly see; changes nothing. */
export async function previewRelease(session: Session, asked: Release): Promise<Result<ReleasePreview, ActCause>> {
  const prepared = await prepare(session, asked);
  if (!prepared.ok) return prepared;
  const { content } = prepared.value;
  const partner = session.directories.current(session.identity.org)?.partners.get(content.to.org);
  const firstTime = !session.facts
    .of('released')
    .some((f) => f.fact.content.case === asked.case && f.fact.content.to.org === content.to.org);
  return ok({
    org: content.to.orgName,
    newly: [
      ...(firstTime
        ? [
            `The case record: ${content.record.length} fields, as they stand now`,
            content.caseFile !== null || areaOf(session, asked.case, 'case file') === null
              ? 'The case summary, as it stands now; from then on its text in the Case file is live'
              : 'The case summary, as it stands now; the Case file stays live with another organisation alone',
          ]
        : []),
      ...content.files.map((file) => file.name),
    ],
    summary: content.summary,
    bytes: content.files.reduce((sum, file) => sum + file.content.size, 0),
    firstTime,
    twice: sentTwice(
      packagesOf(session, asked.case),
      content.files.map(({ name, content: { sha256 } }) => ({ name, sha256 })),
      content.to.org,
    ),
    fingerprint: partner ? await fingerprint(session.platform, partner) : '',
  });
}

/** Freezes a package. It is posted at once where its conditions hold, else by `postDue`. */
export async function release(session: Session, asked: Release): Promise<Result<PackageId, ActCause>> {
  const prepared = await prepare(session, asked);
  if (!prepared.ok) return prepared;
  const { content, me } = prepared.value;
  const working = areaOf(session, asked.case, 'working papers');
  if (!working) return fail('not found');
  const event: CaseEvent = { is: 'released', content, when: asked.when, by: me, at: content.at };
  const written = await act(session, [await eventPiece(session, working.area, event)]);
  if (!written.ok) return written;
  await postDue(session);
  return ok(content.package);
}

/** Why a released package is not posted yet; null: it is due. */
export function holdsBack(
  session: Session,
  when: Release['when'],
  importing: boolean,
): { is: 'until'; at: number } | { is: 'metered' } | { is: 'sealing' } | null {
  if (when.at !== null && session.platform.now() < when.at) return { is: 'until', at: when.at };
  if (when.sealed && importing) return { is: 'sealing' };
  if (when.unmetered && session.isMetered()) return { is: 'metered' };
  return null;
}

/**
 * Posts what this device released and whose conditions hold. Called on every change; one call at a time, so that nothing is
 * posted twice and no case gets two Case files.
 */
export function postDue(session: Session, importing = false): Promise<void> {
  const run = (posting.get(session) ?? Promise.resolve()).then(() => postNow(session, importing));
  posting.set(
    session,
    run.catch(() => {}), // its own caller hears of it
  );
  return run;
}
const posting = new WeakMap<Session, Promise<void>>();

async function postNow(session: Session, importing: boolean): Promise<void> {
  for (const { side, device, when, posted, withdrawn, content } of packages(session)) {
    if (side !== 'sender' || device !== session.identity.device || !when || posted || withdrawn) continue;
    if (!holdsBack(session, when, importing)) await post(session, content);
  }
}

/** One write: Case file, package entry and the event that says it was posted are in the journal together or not at all. */
async function post(session: Session, content: PackageContent): Promise<void> {
  const working = areaOf(session, content.case, 'working papers');
  if (!working) return;
  const live = await caseFilePieces(session, content);
  const entry = await intakePiece(session, content.to, 'package', encodeFact({ ...content, caseFile: live.area }));
  const at = session.platform.now();
  const posted: Piece = {
    area: working.area,
    stream: await streamOf(session.platform, working.area, 'events'),
    kind: 'event',
    seal: 'stream',
    plain: (before) => {
      const made = before.at(-1);
      if (!made?.key) throw new Error('a package entry has a one-time key');
      const { package: id } = content;
      return encodeFact({ is: 'posted', package: id, entry: made.hash, intake: entry.area, key: made.key, at });
    },
  };
  await session.log.writer.write([...live.pieces, entry, posted]);
}

/**
 * The Case file's new content: made by value with the first release, afterwards the versions that enter it. Another
 * organisation than the first gets its package and no live area: what goes to it must not be seen by those who share one.
 */
async function caseFilePieces(
  session: Session,
  content: PackageContent,
): Promise<{ area: Piece['area'] | null; pieces: (Piece | ChainPiece)[] }> {
  const { platform } = session;
  const known = liveWith(session, content.case, content.to.org);
  if (!known && areaOf(session, content.case, 'case file')) return { area: null, pieces: [] };
  const at = platform.now();
  const pieces: (Piece | ChainPiece)[] = [];
  let area = known?.area;
  if (!area) {
    const working = areaOf(session, content.case, 'working papers') as NonNullable<ReturnType<typeof areaOf>>;
    const seats = [
      { seat: content.from.seat, org: content.from.org, role: 'lead' as const },
      { seat: content.to.seat, org: content.to.org, role: 'contributor' as const },
    ];
    const made = await makeArea(session, { kind: 'case file', owner: content.from.org, seats, from: working.area });
    area = made.area;
    const withOrg = { org: content.to.org, orgName: content.to.orgName, seat: content.to.seat };
    pieces.push(
      made.piece,
      await eventPiece(session, area, {
        is: 'case',
        case: content.case,
        kind: content.kind,
        source: working.area,
        by: content.from,
      }),
    );
    pieces.push(
      await eventPiece(session, area, { is: 'case file', area, with: withOrg, at }),
      await eventPiece(session, working.area, { is: 'case file', area, with: withOrg, at }),
    );
    for (const fact of beginningFacts(session, content.case, content.from, at))
      pieces.push(await eventPiece(session, area, fact));
    const audience = audienceOf(session, content.case, content.to.org, content.files);
    pieces.push(...(await publishText(session, working.area, area, audience)));
  }
  for (const file of content.files)
    pieces.push(
      await eventPiece(session, area, { is: 'entered', package: content.package, file, by: content.from, at }),
    );
  return { area, pieces };
}
