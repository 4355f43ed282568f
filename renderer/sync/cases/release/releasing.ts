/**
 * Releasing: a package is complete when it is written, on line or not. `release` freezes it as an event of Working
 * papers, with the Case file that the first one makes; when its conditions hold it is posted, into the receiving post's
 * intake. What is shared is named by value; nothing of Working papers comes along.
 */
import { newId } from '../../../../shared/primitives/naming.ts';
import type { AreaId, CaseId, OrgId, PackageId } from '../../../../shared/primitives/ids.ts';
import type { Result } from '../../../../shared/primitives/result.ts';
import { fail, ok } from '../../../../shared/primitives/result.ts';
import type { Release, ReleasePreview } from '../../../../shared/ipc/release.ts';
import type { ActCause } from '../../../../shared/ipc/worker.ts';
import type { OrdinaryArea } from '../../../../shared/model/disclosure/places.ts';
import type { CaseEvent, FileRecord, PackageContent, Party } from '../../../../shared/model/events.ts';
import { hasArrived } from '../../../../shared/model/packageStatus.ts';
import { fingerprint } from '../../../../shared/seal/directory/card.ts';
import { bytesToSend, sentTwice } from '../../../../shared/model/work/alreadySent.ts';
import type { ChainPiece, Piece } from '../../log/writer.ts';
import { linkKindOf } from '../moving/limiting.ts';
import type { Session } from '../../session.ts';
import { audienceOf } from './audience.ts';
import { baseOf, freezePieces, orderOf } from './bringing.ts';
import type { CaseFile } from '../caseIndex.ts';
import { areaOf, caseFileOf, fileOf, packages, packagesOf } from '../caseIndex.ts';
import { inTurn } from '../inTurn.ts';
import { hasOwnWords, makeCaseFile } from './makeCaseFile.ts';
import { meAs } from '../me.ts';
import { mayShareHere } from '../permitted.ts';
import { withheldItems } from '../sensitive/areas.ts';
import { act, eventPiece } from '../pieces.ts';
import { letterPieces } from './letters.ts';
import { broughtNames, numbered, previewName, takenOff } from './releaseNames.ts';
import type { Own, TakenText } from './publishText.ts';
import { takeText } from './publishText.ts';
import { postText } from '../../../../shared/seal/directory/postText.ts';

type Receiver = PackageContent['to'];

function receiverOf(session: Session, seat: Release['to']): Receiver | null {
  const { directories } = session;
  for (const org of directories.partners()) {
    const state = directories.current(org);
    const held = state?.posts.get(seat);
    if (held && state?.guestSeats.has(seat) !== true)
      return { org, orgName: directories.nameOf(org, ''), seat, post: postText(held) };
  }
  return null;
}

/** Where the text of a release comes from, and the Case file that it feeds: one there is, a new one, or none. */
interface Place {
  readonly text: OrdinaryArea;
  readonly caseFile: AreaId | 'new' | null;
  /** A Case file's text is brought up to date from Working papers. */
  readonly of: CaseFile | null;
}

/**
 * What is live with one organisation, or will be, is never shown or given to another: that one gets its package and no
 * live area. Text is taken from the Case file it is meant for, else from Working papers.
 */
async function placeFor(session: Session, of: CaseId, working: OrdinaryArea, { org }: Receiver): Promise<Place> {
  const current = caseFileOf(session, of);
  const theirs = current?.made?.with.org === org;
  if (!current || current.standing.is === 'closed')
    return {
      ...(current && theirs && (await hasOwnWords(session, current))
        ? { text: current.area, of: current }
        : { text: working, of: null }),
      caseFile: 'new',
    };
  return theirs
    ? { text: current.area, caseFile: current.area, of: current }
    : { text: working, caseFile: null, of: null };
}

/** What of Working papers goes along with a text that is taken from a Case file. */
function ownOf(
  session: Session,
  working: OrdinaryArea,
  file: CaseFile,
  content: Pick<PackageContent, 'case' | 'to'>,
): Own {
  const order = orderOf(session, content, null);
  return { area: working, what: { base: baseOf(session, working, file, order) }, order };
}

interface Prepared {
  readonly content: PackageContent;
  readonly me: Party;
  readonly working: AreaId;
  readonly text: TakenText;
  readonly caseFile: Place['caseFile'];
}

async function prepare(session: Session, asked: Release): Promise<Result<Prepared, ActCause>> {
  const working = areaOf(session, asked.case, 'working papers');
  const me = working && meAs(session, working.begun.fact.by.seat);
  if (!mayShareHere(session, 'released')) return fail('not allowed');
  const to = receiverOf(session, asked.to);
  if (!working || !me) return fail('not found');
  if (!to) return fail('nobody there');
  const files = asked.versions.map((version) => numbered(session, asked.case, fileOf(session, version)));
  if (files.some((file) => file === null)) return fail('not found');
  const withheld = withheldItems(session, asked.case);
  if (files.some((file) => file && withheld.has(file.item))) return fail('sensitive');
  const place = await placeFor(session, asked.case, working.area, to);
  const audience = audienceOf(session, asked.case, to.org, files as FileRecord[]);
  const id = newId<PackageId>(session.platform);
  const own = place.of ? ownOf(session, working.area, place.of, { case: asked.case, to }) : undefined;
  const text = await takeText(session, place.text, audience, id, own);
  const content: PackageContent = {
    is: 'package',
    package: id,
    case: asked.case,
    kind: working.begun.fact.kind,
    from: me,
    to,
    purpose: asked.purpose,
    urgency: asked.urgency,
    note: asked.note,
    answers: asked.answers,
    at: session.platform.now(),
    ...text.said,
    files: files as FileRecord[],
    caseFile: place.caseFile === 'new' ? null : place.caseFile,
  };
  return ok({ content, me, working: working.area, text, caseFile: place.caseFile });
}

/** Whether nothing has been released to them so far but what was taken back before they had it. */
const isFirst = (session: Session, of: CaseId, org: OrgId): boolean =>
  !packagesOf(session, of).some(
    (pkg) => pkg.side === 'sender' && pkg.content.to.org === org && (!pkg.withdrawn || hasArrived(pkg)),
  );

/** What the receiving organisation would newly see; changes nothing. */
export async function previewRelease(session: Session, asked: Release): Promise<Result<ReleasePreview, ActCause>> {
  const prepared = await prepare(session, asked);
  if (!prepared.ok) return prepared;
  const { content, caseFile } = prepared.value;
  const partner = session.directories.current(session.identity.org)?.partners.get(content.to.org);
  const firstTime = isFirst(session, asked.case, content.to.org);
  return ok({
    org: content.to.orgName,
    newly: [
      ...(firstTime
        ? [
            `The case record: ${content.record.length} fields, as they stand now`,
            caseFile === null
              ? 'The case summary, as it stands now; the Case file stays live with another organisation alone'
              : 'The case summary, as it stands now; once this is delivered, its text in the Case file is live',
          ]
        : []),
      ...(await broughtNames(session, prepared.value)),
      ...(caseFile === null && !firstTime
        ? ['The case record and summary, as they stand now; what is live with another organisation is not theirs']
        : []),
      ...content.files.map((file) => previewName(session, asked.case, file, content.to.org)),
    ],
    stays: await takenOff(session, prepared.value),
    summary: content.summary,
    bytes: content.files.reduce((sum, file) => sum + file.content.size, 0),
    toSend: bytesToSend(packagesOf(session, asked.case), content.files, content.to.org),
    firstTime,
    twice: sentTwice(
      packagesOf(session, asked.case),
      content.files.map(({ name, content: { sha256 } }) => ({ name, sha256 })),
      content.to.org,
    ),
    fingerprint: partner ? await fingerprint(session.platform, partner) : '',
  });
}

/**
 * Freezes a package, and makes the Case file where there is none: one write. It is posted at once where its conditions
 * hold, else by `postDue`.
 */
export async function release(
  session: Session,
  asked: Release,
  importing = false,
): Promise<Result<PackageId, ActCause>> {
  const frozen = await inTurn(session, () => freeze(session, asked));
  if (frozen.ok) await postDue(session, importing);
  return frozen;
}

async function freeze(session: Session, asked: Release): Promise<Result<PackageId, ActCause>> {
  const prepared = await prepare(session, asked);
  if (!prepared.ok) return prepared;
  const { me, working, text, caseFile } = prepared.value;
  let { content } = prepared.value;
  const pieces: (Piece | ChainPiece)[] = [];
  if (caseFile === 'new') {
    const made = await makeCaseFile(session, working, content, text);
    content = { ...content, caseFile: made.area };
    pieces.push(...made.pieces);
  }
  if (caseFile !== null) pieces.push(...(await freezePieces(session, working, content, text, me, caseFile === 'new')));
  const event: CaseEvent = { is: 'released', content, when: asked.when, by: me, at: content.at };
  const written = await act(session, [...pieces, await eventPiece(session, working, event)]);
  return written.ok ? ok(content.package) : written;
}

/** Why a released package is not posted yet; null: it is due. */
export function holdsBack(
  session: Session,
  when: Release['when'],
  importing: boolean,
): { is: 'until'; at: number } | { is: 'metered' } | { is: 'sealing' } | null {
  if (when.at !== null && session.platform.now() < when.at) return { is: 'until', at: when.at };
  if (when.sealed && importing) return { is: 'sealing' };
  if (when.unmetered && linkKindOf(session) === 'metered') return { is: 'metered' };
  return null;
}

/** Posts what this device released and whose conditions hold. Called on every change; nothing is posted twice. */
export const postDue = (session: Session, importing = false): Promise<void> =>
  inTurn(session, () => postNow(session, importing));

async function postNow(session: Session, importing: boolean): Promise<void> {
  for (const { side, device, when, posted, withdrawn, content } of packages(session)) {
    if (side !== 'sender' || device !== session.identity.device || !when || posted || withdrawn) continue;
    if (!holdsBack(session, when, importing)) await post(session, content);
  }
}

/** One write: the package entry and the event that says it was posted are in the journal together or not at all. */
async function post(session: Session, content: PackageContent): Promise<void> {
  const working = areaOf(session, content.case, 'working papers');
  if (!working) return;
  await session.log.writer.write(await letterPieces(session, working.area, content, session.platform.now()));
}
