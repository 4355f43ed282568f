/**
 * What windows may ask, as functions: each is a thin step from a call to the act it names. Arguments come from our own
 * pages; ids are looked up, never trusted to be somebody's.
 */
import { shownName } from '../../shared/primitives/fileName.ts';
import type { PastFilter } from '../../shared/model/transfers/past.ts';
import type { CaseId, Hash, PackageId, VersionId, WorkId } from '../../shared/primitives/ids.ts';
import type { Result } from '../../shared/primitives/result.ts';
import { fail, ok } from '../../shared/primitives/result.ts';
import type { ComputerAsk } from '../../shared/ipc/computers.ts';
import type { Limits } from '../../shared/ipc/limits.ts';
import { limits } from '../../shared/ipc/limits.ts';
import type { Keep } from '../../shared/ipc/offline.ts';
import type { Release } from '../../shared/ipc/release.ts';
import type { SensitiveAct } from '../../shared/ipc/sensitive.ts';
import type { ActCause, AreaView, NewCase, WorkerCalls } from '../../shared/ipc/worker.ts';
import type { WorkAct } from '../../shared/ipc/work.ts';
import type { Origin } from '../../shared/model/events.ts';
import type { Wanted } from '../../shared/model/work/alreadySent.ts';
import { alreadySent } from '../../shared/model/work/alreadySent.ts';
import type { ScheduleForm } from '../../shared/model/facts/deciding.ts';
import type { Place } from '../../shared/model/work/places.ts';
import { canDo } from '../../shared/model/packageStatus.ts';
import { fileOf, isTakenFromUs, packageOf, packages, packagesOf } from './cases/caseIndex.ts';
import { createCase } from './cases/creating.ts';
import { WRITE_CAUSES, exportCase, exportItems } from './cases/exchange/exporting.ts';
import { exportPdf } from './cases/exchange/exportPdf.ts';
import { importCase, importFolder } from './cases/exchange/importing.ts';
import { exportServed } from './cases/exchange/serving.ts';
import type { Party } from '../../shared/model/facts/parts.ts';
import { looked, opened } from './cases/looks.ts';
import { addFrom } from './cases/import/madeFrom.ts';
import { giveOn } from './views/leavers.ts';
import type { InHand } from '../../shared/model/work/leftBehind.ts';
import { handOver } from './cases/work/handingOver.ts';
import { passportOf, savePassport } from './cases/passport/passports.ts';
import { showProof } from './cases/proof.ts';
import { sentInError } from './cases/inError/marking.ts';
import { freeSpace } from './cases/space/freeing.ts';
import { decide, recordLook } from './cases/release/receiving.ts';
import { previewRelease, release } from './cases/release/releasing.ts';
import { dropFile, withdraw } from './cases/release/takingBack.ts';
import { accessCalls } from './access/calls.ts';
import { noteVersion } from './audit/trail.ts';
import { doSensitive } from './cases/sensitive/acts.ts';
import { exportPast } from './cases/exchange/exportPast.ts';
import { guestCalls } from './guests/calls.ts';
import { guestFile, mayOnlyView } from './guests/places.ts';
import { doWork } from './cases/work/doing.ts';
import { isClosed } from './cases/work/folded.ts';
import { previewCertificate, readCertificate } from './cases/work/freezing.ts';
import type { Moving } from './cases/moving/moving.ts';
import type { Desktop } from './desktop.ts';
import { decideLate } from './late/adopting.ts';
import type { Session } from './session.ts';
import { unsentOf } from './views/unsent.ts';

type Calls = Omit<WorkerCalls, 'watch' | 'unwatch'>;

export function callsOf(desktop: Desktop): Calls {
  const { session, moving, importing, sticks } = desktop;
  return {
    ...accessCalls(desktop),
    ...guestCalls(desktop),
    createCase: (made: NewCase) => createCase(session, made),
    importCase: (token: string) => importCase(session, token),
    importFolder: (token: string) => importFolder(desktop, token),
    exportPdf: (of: CaseId, token: string) => exportPdf(desktop, of, token),
    exportCase: (of: CaseId, token: string, withFiles: boolean, withSensitive = false) =>
      exportCase(session, of, token, { withFiles, withSensitive }),
    exportServed: (of: CaseId, token: string) => exportServed(session, of, token),
    exportItems: (of: CaseId, token: string) => exportItems(session, of, token),
    exportPast: (filter: PastFilter, token: string) => exportPast(session, filter, token),
    addFiles: async (into: CaseId, tokens: readonly string[]) =>
      isClosed(session, into) ? fail('case closed') : importing.add(into, tokens),
    addFrom: (version: VersionId, how: Origin, token: string) => addFrom(session, importing, version, { how, token }),
    cancelImport: (id: string) => importing.cancel(id),
    addAgain: (id: string) => importing.addAgain(id),
    seenImport: (id: string) => importing.seen(id),
    previewRelease: (asked: Release) => previewRelease(session, asked),
    release: async (asked: Release) =>
      isClosed(session, asked.case) ? fail('case closed') : release(session, asked, importing.isRunning()),
    withdraw: (id: PackageId, reason: string) => withdraw(session, id, reason),
    sentInError: (id: PackageId, versions: readonly VersionId[] | 'all', reason: string) =>
      sentInError(session, id, versions, reason),
    dropFile: (id: PackageId, version: VersionId, reason: string) => dropFile(session, id, version, reason),
    accept: async (id: PackageId) => {
      const found = packageOf(session, id);
      return found && canDo(found).acceptWaits === null ? decide(session, id, 'accepted') : fail('not whole');
    },
    returnPackage: (id: PackageId, reason: string, more: { reasons?: readonly string[]; respondBy?: string } = {}) =>
      decide(session, id, { returned: reason, ...more }),
    askAboutComputers: (asked: ComputerAsk) => session.vault.askAuthority(asked),
    exportStick: (ids: readonly PackageId[], token: string) => sticks.export(ids, token),
    importStick: (tokens: readonly string[]) => sticks.import(tokens),
    cancelStick: () => sticks.cancel(),
    sendByLink: (id: PackageId) => sticks.sendByLink(id),
    decideLate: (id: string, keep: boolean, why: string) => decideLate(desktop, id, keep, why),
    pause: (what: VersionId | 'all') => moving.setPaused(what, true),
    resume: (what: VersionId | 'all') => moving.setPaused(what, false),
    moveFirst: (version: VersionId) => Promise.resolve(moving.moveFirst(version)),
    setLimits: async (asked: Limits) => {
      const parsed = limits.safeParse(asked);
      if (parsed.success) await moving.setLimits(parsed.data);
    },
    goOnOnce: (on: boolean) => Promise.resolve(moving.goOnOnce(on)),
    keepOffline: async (of: CaseId, keep: Keep) => {
      await moving.keeps.choose(of, keep);
      moving.look();
      session.changed();
    },
    freeSpace: (of: CaseId) => freeSpace(session, moving, of),
    fetchAgain: (version: VersionId) => Promise.resolve(moving.fetchAgain(version)),
    retryNow: async () => {
      session.link.retryNow();
      await session.evidence.retryNow();
    },
    openVersion: (version: VersionId) => openVersion(desktop, version),
    closeVersion: (handle: string) => session.evidence.close(handle),
    recordOpened: (version: VersionId) => {
      noteVersion(desktop, 'looked at', version);
      return recordLook(session, version, moving.here.has(version) ? 'opened' : 'viewing began');
    },
    exportVersion: (version: VersionId, token: string) => exportVersion(desktop, version, token),
    showProof: (proof: Hash) => showProof(session, proof),
    passportOf: (version: VersionId) => passportOf(session, version),
    savePassport: (version: VersionId, token: string, as: 'json' | 'pdf') => savePassport(session, version, token, as),
    alreadySent: (of: CaseId, wanted: Wanted) => Promise.resolve(alreadySent(packagesOf(session, of), wanted)),
    doWork: (of: CaseId, what: WorkAct, place?: Place) => doWork(session, of, what, place),
    giveOn: (of: CaseId, thing: InHand, to: Party, reason: string) => giveOn(session, of, thing, to, reason),
    handOver: (cases: readonly CaseId[], to: Party, reason: string) => handOver(session, cases, to, reason),
    looked: (of: CaseId, place: AreaView['kind'], versions: readonly VersionId[]) =>
      looked(session, of, place, versions),
    opened: (of: CaseId) => opened(session, of),
    previewCertificate: (of: CaseId, form: ScheduleForm) => previewCertificate(session, of, form),
    readCertificate: (of: CaseId, id: WorkId) => readCertificate(session, of, id),
    doSensitive: (of: CaseId, what: SensitiveAct) => doSensitive(session, of, what),
    seenAlarm: (id: string) => session.alarms.markSeen(id),
    unsent: () => unsentOf(desktop),
    flush: async () => {
      await session.docs.flush();
      await session.log.writer.settled();
    },
  };
}

async function openVersion(
  { session, moving }: Desktop,
  version: VersionId,
): Promise<Result<{ handle: string; name: string; type: string; size: number; whole: boolean }, ActCause>> {
  const file = fileOf(session, version) ?? guestFile(session, version)?.file;
  if (!file || isTakenFromUs(session, version)) return fail('not found');
  if (isLeft(session, moving, version)) await moving.fetchToOpen(version);
  const handle = await session.evidence.open(file.content);
  return handle.ok
    ? ok({
        handle: handle.value,
        name: shownName(file.name),
        type: file.type,
        size: file.content.size,
        whole: moving.here.has(version),
      })
    : fail('not whole');
}

async function exportVersion(
  desktop: Desktop,
  version: VersionId,
  token: string,
): Promise<Result<{ sha256: Hash }, ActCause>> {
  const { session } = desktop;
  const file = fileOf(session, version) ?? guestFile(session, version)?.file;
  if (!file || isTakenFromUs(session, version)) return fail('not found');
  if (mayOnlyView(session, version)) return fail('not allowed');
  const written = await session.evidence.exportFile(file.content, token);
  if (!written.ok) {
    const { cause } = written;
    return fail(cause === 'missing here' || cause === 'does not verify' ? 'not whole' : WRITE_CAUSES[cause]);
  }
  noteVersion(desktop, 'exported', version);
  const recorded = await recordLook(session, version, 'exported');
  return recorded.ok ? ok({ sha256: written.value }) : recorded;
}

/** Whether it is not kept here by choice: opening it fetches it. */
function isLeft(session: Session, moving: Moving, version: VersionId): boolean {
  const carrier = packages(session).find(({ content }) => content.files.some((one) => one.content.version === version));
  return carrier !== undefined && moving.isLeft(version, carrier.content.case, carrier.side === 'receiver');
}
