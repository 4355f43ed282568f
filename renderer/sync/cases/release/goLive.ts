/**
 * Letting the other organisation into a Case file, once the release that made it has been delivered; and putting each
 * delivered file there. Nothing of a package that was withdrawn first ever comes to be in a place that they get a key for.
 * What is due follows from receipts, events and chain, and is looked for after every change: a restart has nothing to mend.
 */
import type { AreaId, CaseId, DeviceId, Hash, SeatId } from '../../../../shared/primitives/ids.ts';
import type { Millis } from '../../../../shared/primitives/units.ts';
import { SECOND } from '../../../../shared/primitives/units.ts';
import type { PackageState } from '../../../../shared/model/foldPackage.ts';
import { isFact } from '../../../../shared/model/logged.ts';
import { isDelivered } from '../../../../shared/model/packageStatus.ts';
import { roleIn } from '../../../../shared/seal/area/admit.ts';
import { epochSubject, sealBox } from '../../../../shared/seal/boxes.ts';
import type { Box } from '../../../../shared/seal/boxes.ts';
import type { AccessState } from '../../../../shared/seal/area/chain.ts';
import { currentEpoch } from '../../../../shared/seal/area/chain.ts';
import { seatsOf } from '../../../../shared/seal/directory/directory.ts';
import { streamOf } from '../../../../shared/seal/area/places.ts';
import type { Piece } from '../../log/writer.ts';
import type { Session } from '../../session.ts';
import { audienceOf } from './audience.ts';
import { bringPieces, dueRows, frozenOf, orderOf } from './bringing.ts';
import type { CaseFile } from '../caseIndex.ts';
import { areaOf, caseFileOf, fedInto, packageOf, packages } from '../caseIndex.ts';
import { inTurn } from '../inTurn.ts';
import { makeCaseFile } from './makeCaseFile.ts';
import { derivedThere } from '../import/madeFrom.ts';
import { meAs } from '../me.ts';
import { isClosed } from '../work/folded.ts';
import { mayShareHere } from '../permitted.ts';
import { act, eventPiece } from '../pieces.ts';
import { takeText } from './publishText.ts';

/** What the computer that released has before a colleague's does it in its place, and each further colleague's more. */
const HEAD_START: Millis = 3 * SECOND;
const EACH: Millis = SECOND;

interface Seen {
  revision: number;
  /** Something is due that could not be done at the last look. */
  waits: boolean;
  /** Since when this computer has known, on line, that something is due which is for another to do first. */
  readonly noticed: Map<string, Millis>;
  /** Chain heads that a grant was asked for upon: never twice upon one. */
  readonly asked: Map<AreaId, Hash>;
}
const seen = new WeakMap<Session, Seen>();

/** Does what is due in every case, on this computer. */
export const goLive = (session: Session): Promise<void> => inTurn(session, () => lookAll(session));

async function lookAll(session: Session): Promise<void> {
  const { revision } = session.facts;
  const last = seen.get(session) ?? { revision: -1, waits: true, noticed: new Map(), asked: new Map() };
  seen.set(session, last);
  if (last.revision === revision && !last.waits) return;
  last.waits = false;
  const sent = packages(session).filter(({ side }) => side === 'sender');
  for (const of of new Set(sent.map(({ content }) => content.case)))
    if (await lookAt(session, last, of)) last.waits = true;
  last.revision = revision;
}

/** Answers whether something is left to do later. */
async function lookAt(session: Session, last: Seen, of: CaseId): Promise<boolean> {
  const current = caseFileOf(session, of);
  const fed = fedInto(session, of);
  if (!current || fed.length === 0) return false;
  if (current.standing.is === 'closed') return makeAnew(session, current, fed[0]);
  const letting = current.standing.is === 'waiting' && current.standing.for === 'grant';
  const left = letting && (await letIn(session, last, current));
  if (isClosed(session, of)) return left; // what is due then is due again when it is reopened
  const waits = await enter(session, last, current, fed);
  return (await enterRows(session, last, current, fed)) || waits || left;
}

/**
 * The release that made it was withdrawn, and another went to the same organisation meanwhile: that one makes a Case file
 * of its own, of the text as it stands. The computer that released it does, so that there is one.
 */
async function makeAnew(session: Session, closed: CaseFile, first: PackageState | undefined): Promise<boolean> {
  const working = first && areaOf(session, first.content.case, 'working papers');
  if (!working || first.device !== session.identity.device) return false;
  const { content } = first;
  const audience = audienceOf(session, content.case, content.to.org, content.files);
  const frozen = frozenOf(session, working.area, first)?.brought ?? [];
  const own = { area: working.area, what: { frozen }, order: orderOf(session, content, first) };
  const text = await takeText(session, closed.area, audience, content.package, own);
  const made = await makeCaseFile(session, working.area, content, text);
  return !(await act(session, made.pieces)).ok;
}

/** The grant, with the key for their seat. It names the chain's head, so that of two computers one is told to look again. */
async function letIn(session: Session, last: Seen, { area, made }: CaseFile): Promise<boolean> {
  const { platform, identity, directories, log, link } = session;
  const release = made?.release === undefined ? null : packageOf(session, made.release);
  const own = directories.current(identity.org);
  const { access } = log.replica(area).state;
  // Only who was sent that release is let in by its delivery.
  if (!made || !own || release?.content.to.seat !== made.with.seat) return false;
  if (!access || !link.open || last.asked.get(area) === access.head) return true;
  if (roleIn(access, own, identity.device) !== 'lead') return false;
  if (!isOurTurn(session, last, `grant ${area}`, release)) return true;
  const stream = await streamOf(platform, area, 'chain');
  const waiting = await session.db.outbox.where('area').equals(area).toArray();
  if (waiting.some((row) => row.stream === stream)) return true; // asked for before a restart
  const { org, seat } = made.with;
  const op = { op: 'grant' as const, seats: [{ seat, org, role: 'contributor' as const }] };
  last.asked.set(area, access.head);
  const boxes = await boxesFor(session, area, access, made.with);
  const done = await act(session, [{ area, stream, kind: 'chain', op, boxes }]);
  if (!done.ok) last.asked.delete(area);
  return true;
}

async function boxesFor(
  { platform, directories, keyring }: Session,
  area: AreaId,
  access: AccessState,
  { org, seat }: NonNullable<CaseFile['made']>['with'],
): Promise<Box[]> {
  const epoch = currentEpoch(access);
  const to = directories.current(org)?.seats.get(seat);
  const key = keyring.areaKey(area, epoch);
  if (!to || !key) return []; // boxKeeper.ts supplies it when it can
  return [await sealBox(await epochSubject(platform, area, epoch), seat, to.generation, to.publicKey, key)];
}

/** Every file that has been delivered and was not left out, once. */
async function enter(session: Session, last: Seen, { area }: CaseFile, fed: readonly PackageState[]): Promise<boolean> {
  const there = new Set(
    session.facts.inArea(area).flatMap((f) => (isFact(f, 'entered') ? f.fact.file.content.version : [])),
  );
  const at = session.platform.now();
  const pieces: Piece[] = [];
  let left = false;
  for (const pkg of fed) {
    const { content } = pkg;
    const due = pkg.files.filter(
      (f) => f.dropped === null && f.inError === null && isDelivered(f) && !there.has(f.file.content.version),
    );
    const by = due.length > 0 ? meAs(session, content.from.seat) : null;
    if (by?.seat !== content.from.seat || !mayShareHere(session, 'released')) continue;
    if (!isOurTurn(session, last, `enter ${content.package}`, pkg)) {
      left = true;
      continue;
    }
    for (const { file } of due) {
      there.add(file.content.version);
      pieces.push(await eventPiece(session, area, { is: 'entered', package: content.package, file, by, at }));
      for (const event of derivedThere(fed, file, { by, at })) pieces.push(await eventPiece(session, area, event));
    }
  }
  return pieces.length > 0 ? !(await act(session, pieces)).ok : left;
}

/** The rows and fields that each delivered release brings, once, the earlier releases first. */
async function enterRows(session: Session, last: Seen, file: CaseFile, fed: readonly PackageState[]): Promise<boolean> {
  let left = false;
  for (const pkg of fed) {
    const { content } = pkg;
    const working = areaOf(session, content.case, 'working papers');
    const due = working && dueRows(session, working.area, file, pkg);
    const by = due ? meAs(session, content.from.seat) : null;
    if (!due || by?.seat !== content.from.seat || !mayShareHere(session, 'released')) continue;
    const mine = isOurTurn(session, last, `rows ${content.package}`, pkg);
    if (!mine || !(await act(session, await bringPieces(session, file.area, pkg, due, by))).ok) left = true;
  }
  return left;
}

/**
 * Whether this computer should do what any computer of the post could: the one that released at once, the others one after
 * the other while they are on line. It is a courtesy, that not all do the same; nothing goes wrong where two do.
 */
function isOurTurn(session: Session, last: Seen, what: string, release: PackageState): boolean {
  const me = session.identity.device;
  if (release.device === me) return true;
  if (!session.link.open) return false;
  const now = session.platform.now();
  const since = last.noticed.get(what) ?? now;
  last.noticed.set(what, since);
  const others = colleagues(session, release.content.from.seat).filter((device) => device !== release.device);
  return now - since >= HEAD_START + Math.max(0, others.indexOf(me)) * EACH;
}

function colleagues({ directories, identity }: Session, seat: SeatId): DeviceId[] {
  const own = directories.current(identity.org);
  return own ? [...own.devices.keys()].filter((device) => seatsOf(own, device).has(seat)).sort() : [];
}
