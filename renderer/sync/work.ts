/**
 * What follows from facts without anybody asking: what is due is posted, what should move is told, what arrived is signed
 * for, what was delivered goes live, who was given work gets access, what stands is said in the Case file too, what was
 * refused is told, what was disposed of, or was sent here in error, is destroyed, areas of posts that somebody left get another key, and being in step
 * is noted.
 * Looked at again after every change, gathered into one pass.
 * A part that fails is looked at again on the next cue; none holds up the others.
 */
import type { Millis } from '../../shared/primitives/units.ts';
import { SECOND } from '../../shared/primitives/units.ts';
import { keepEmergencies } from './access/emergency/ending.ts';
import { listCases } from './access/emergency/listing.ts';
import { endDenied } from './access/enforcing.ts';
import { noteMarkings } from './access/notingMarkings.ts';
import { lookPersonal } from './access/personal.ts';
import { tellRecertification } from './access/recertification/telling.ts';
import { keepForCustodians } from './access/recovery/keeping.ts';
import { takeRecovered } from './access/recovery/recovering.ts';
import { writeTrail } from './audit/trail.ts';
import { changeKeys } from './cases/keys/changingKeys.ts';
import { allCases } from './cases/caseIndex.ts';
import { destroyInError } from './cases/inError/destroying.ts';
import { goLive } from './cases/release/goLive.ts';
import { tellNewComputers } from './cases/keys/newComputers.ts';
import { postDue } from './cases/release/releasing.ts';
import { tellRefused } from './cases/telling/refusals.ts';
import { grantDue } from './cases/work/granting.ts';
import { sayAgain } from './cases/work/sayingAgain.ts';
import type { Desktop } from './desktop.ts';
import { endGuests } from './guests/ending.ts';
import { tellTime } from './log/tellTime.ts';
import { heldPlaces } from './recovering.ts';
import { Notices } from './notices.ts';
import { tellRefusedRules } from './rules/rulesView.ts';

const GATHER: Millis = 60;
const TICK: Millis = SECOND;
/** What the relay declined for the moment (a quota, a full disk, an entry before it) is offered again. */
const OFFER_AGAIN: Millis = 5 * SECOND;

/** Begins; answers how to end. `done` hears of every pass. */
export function startWork(desktop: Desktop, done: () => void): () => void {
  const { session } = desktop;
  let timer: ReturnType<typeof setTimeout> | null = null;
  let ended = false;
  const tell = tellTime(session);
  const notices = new Notices(desktop, session.shell);
  const pass = async (): Promise<void> => {
    timer = null;
    tell();
    session.words.look();
    await passOnce(desktop);
    await notices.look();
    if (!ended) done();
  };
  const cue = (): void => {
    if (!ended) timer ??= setTimeout(() => void pass(), GATHER);
  };
  const change = (): void => {
    notices.cue();
    cue();
  };
  session.listeners.add(change);
  cue();
  const tick = setInterval(cue, TICK);
  const offer = setInterval(() => {
    void session.log.outbox.flushAll().catch(() => {});
    void desktop.importing.lookForRoom().catch(() => {}); // the evidence process ended: asked again with the next
  }, OFFER_AGAIN);
  return () => {
    ended = true;
    session.listeners.delete(change);
    clearInterval(tick);
    clearInterval(offer);
    if (timer) clearTimeout(timer);
  };
}

async function passOnce(desktop: Desktop): Promise<void> {
  const { session, importing, moving, disposing, late } = desktop;
  moving.look();
  void late.look().catch(() => {}); // the link went away
  void lookPersonal(session).catch(() => {}); // an authority may take long to answer; asked again later
  void session.seatKeeper.look().catch(() => {}); // an authority may take long to answer; asked again with the next pass
  await Promise.allSettled([
    postDue(session, importing.isRunning()),
    moving.signArrived(),
    goLive(session),
    writeTrail(desktop),
    noteMarkings(session)
      .then(() => endDenied(session))
      .then(() => endGuests(session))
      .then(() => keepEmergencies(desktop))
      .then(() => changeKeys(session)),
    tellRecertification(session),
    listCases(desktop),
    keepForCustodians(session),
    takeRecovered(session),
    noteInStep(desktop),
    disposing.look(),
    destroyInError(session, moving),
    grantDue(session, allCases(session)),
    sayAgain(session, allCases(session)),
    Promise.resolve().then(() => tellRefused(session)),
    Promise.resolve().then(() => tellRefusedRules(session)),
    Promise.resolve().then(() => tellNewComputers(session)),
  ]);
}

/** In step: the link is open, nothing of ours waits, and every area stands where the relay says. */
async function noteInStep({ session }: Desktop): Promise<void> {
  if (!session.link.open || session.log.isBehind() || (await session.db.outbox.count()) > 0) return;
  const now = session.platform.now();
  if (session.inStep.at === null || now - session.inStep.at > TICK) await session.records.put('in step', now);
  session.inStep.at = now;
  await session.recovered.inStep(heldPlaces(session), now);
}
