/** A case as a row of the list and as a screen. */
import type { AreaView, CaseRow, CaseView, ItemRow } from '../../../shared/ipc/worker.ts';
import type { FileRecord } from '../../../shared/model/events.ts';
import type { PackageState } from '../../../shared/model/foldPackage.ts';
import type { FactOf } from '../../../shared/model/logged.ts';
import type { AreaId, CaseId, OrgId, PersonId, VersionId } from '../../../shared/primitives/ids.ts';
import type { Millis } from '../../../shared/primitives/units.ts';
import { readRecord, valueOf } from '../../../shared/model/record.ts';
import type { CaseRecord } from '../../../shared/model/record.ts';
import { roleIn } from '../../../shared/seal/area/admit.ts';
import { streamOf } from '../../../shared/seal/area/places.ts';
import type { CaseFacts } from '../../../shared/status/case.ts';
import { caseWord } from '../../../shared/status/case.ts';
import { emergencyRows } from '../access/emergency/rows.ts';
import { formatTime } from '../../../shared/status/format.ts';
import { liveLine } from '../../../shared/status/live.ts';
import type { CaseArea, CaseFile } from '../cases/caseIndex.ts';
import { areaOf, areasOf, caseFileOf, fedInto, filedIn, packageOf, packagesOf } from '../cases/caseIndex.ts';
import type { Looks } from '../cases/looks.ts';
import { looksOf } from '../cases/looks.ts';
import { hasOwnWords } from '../cases/release/makeCaseFile.ts';
import { isClosed } from '../cases/work/folded.ts';
import { sensitiveOf } from '../cases/sensitive/areas.ts';
import type { Desktop } from '../desktop.ts';
import type { Session } from '../session.ts';
import { activityOf } from './activity.ts';
import { byName } from '../../../shared/primitives/byName.ts';
import { clockOf } from './clock.ts';
import { keptFile, packagedFile } from './files.ts';
import { needsOf } from './needs.ts';
import { packageFacts, packageRow } from './packages.ts';
import type { Unacknowledged } from './unsent.ts';
import { sensitiveView } from './sensitive.ts';
import { offlineView } from './offline.ts';
import { sensitiveLines } from './sensitiveLines.ts';
import { workView } from './work.ts';
import { packagesHereOf } from '../cases/work/lateLetters.ts';

/** Why a case needs this person; null: it does not. */
const needsMe = (desktop: Desktop, of: CaseId): string | null => needsOf(desktop, of)[0]?.short ?? null;

async function recordOf({ session }: Desktop, areas: readonly CaseArea[]): Promise<CaseRecord | null> {
  const best = areas.find((a) => a.kind === 'working papers') ?? areas[0];
  return best ? readRecord(session.docs.doc(best.area, await streamOf(session.platform, best.area, 'record'))) : null;
}

interface CaseName {
  readonly title: string;
  readonly urn: string | null;
}

/** What a case is called, as far as this computer may read it: by its record, or else by the last package that names it. */
export const nameOf = async (desktop: Desktop, of: CaseId): Promise<CaseName> =>
  nameBy(await recordOf(desktop, areasOf(desktop.session, of)), packagesOf(desktop.session, of));

function nameBy(record: CaseRecord | null, packages: readonly PackageState[]): CaseName {
  const last = packages.at(-1)?.content;
  const said = (field: 'title' | 'urn'): string => (record ? valueOf(record.fields, field) : '');
  return { title: said('title') || (last?.title ?? ''), urn: said('urn') || (last?.urn ?? null) };
}

export async function caseRow(desktop: Desktop, of: CaseId, unsent: Unacknowledged): Promise<CaseRow> {
  const { session } = desktop;
  const areas = areasOf(session, of);
  const record = await recordOf(desktop, areas);
  const own = packagesOf(session, of);
  const last = own[own.length - 1]?.content;
  const kind = areas[0]?.begun.fact.kind ?? last?.kind ?? 'charging';
  const facts = caseFacts(desktop, of, areas, unsent);
  const changed = Math.max(
    0,
    ...areas.map((a) => session.log.replica(a.area).row.time),
    ...areas.flatMap((a) => session.facts.inArea(a.area).map((f) => f.time)),
    ...own.map((p) => p.content.at),
  );
  return {
    case: of,
    ...nameBy(record, own),
    kind,
    officer: record ? valueOf(record.fields, 'officer') : (last?.from.personName ?? ''),
    suspects: record ? record.lists.suspects.map((s) => s.name) : [],
    changed,
    closed: isClosed(session, of),
    word: caseWord(facts, clockOf(session)),
    needsMe: needsMe(desktop, of),
  };
}

function caseFacts(desktop: Desktop, of: CaseId, areas: readonly CaseArea[], unsent: Unacknowledged): CaseFacts {
  const { session, moving } = desktop;
  // What is on a stick does not wait for the link.
  const sent = packagesOf(session, of).filter((p) => p.side === 'sender' && !p.stick?.alone);
  const waiting = sent.flatMap((p) => {
    const facts = packageFacts(desktop, p);
    return facts.withdrawn
      ? []
      : facts.files.filter(
          (f) => f.atRelay === null && f.delivered === null && f.dropped === null && f.inError === null,
        );
  });
  const mine = new Set<AreaId>([...areas, ...sensitiveOf(session, of)].map((a) => a.area));
  const places = [...mine, ...intakesOf(session, of)];
  const lie = places.some((a) => session.log.replica(a).lie !== null);
  const found = places.map((a) => session.alarms.attention(a)).find((why) => why !== null);
  const down = packagesOf(session, of).some(
    (p) =>
      p.side === 'receiver' &&
      p.content.files.some((f) => moving.news.get(`down ${f.content.version}`)?.state === 'moving'),
  );
  return {
    attention: lie ? 'the relay did not keep its word' : (found ?? needsMe(desktop, of)),
    online: session.link.open,
    shared: areas.some((a) => session.log.replica(a.area).row.n > 0) || areas.length === 0,
    unsentPlaces: unsent.filter((u) => mine.has(u.area)).length,
    filesWaiting: waiting.length,
    filesSending: waiting.filter((f) => f.transfer?.state === 'moving').length,
    receiving: down || session.log.isBehind(),
    lastInStep: session.inStep.at,
  };
}

/** The in-trays through which a case's packages and receipts go, on both sides. */
function intakesOf(session: Session, of: CaseId): readonly AreaId[] {
  const posts = new Set(packagesOf(session, of).flatMap(({ content }) => [content.from.seat, content.to.seat]));
  return session.log.all().flatMap(({ state }) => (state.intake && posts.has(state.intake.seat) ? [state.area] : []));
}

/** The places of a case that a person sees: of its Case files the one that counts, unless it was closed and says nothing new. */
async function shownAreas({ session }: Desktop, of: CaseId): Promise<readonly CaseArea[]> {
  const working = areaOf(session, of, 'working papers');
  const file = caseFileOf(session, of);
  const isOver = file?.standing.is === 'closed' && !(await hasOwnWords(session, file));
  return [working, isOver ? null : file].filter((area) => area !== null);
}

async function areaView(
  desktop: Desktop,
  of: CaseId,
  { area, kind }: CaseArea,
  lookedAt: Millis | null,
): Promise<AreaView> {
  const { session } = desktop;
  const { access } = session.log.replica(area);
  const state = session.directories.current(session.identity.org);
  const role = access && state ? roleIn(access, state, session.identity.device) : null;
  const file = kind === 'case file' ? caseFileOf(session, of) : null;
  const standing = file?.standing ?? null;
  return {
    area,
    kind,
    record: await streamOf(session.platform, area, 'record'),
    summary: await streamOf(session.platform, area, 'summary'),
    mayWrite: (role === 'lead' || role === 'contributor') && !isClosed(session, of),
    live: standing && liveLine(standing, otherOrg(session, file), session.link.open, clockOf(session)),
    isShared: standing !== null && standing.is !== 'closed',
    lookedAt,
    notes: standing?.is === 'live' ? lastHeardNotes(desktop, area) : [],
  };
}

/** The organisation on the other side of a Case file, by name. */
function otherOrg({ directories, identity, orgName }: Session, file: CaseFile | null): string {
  if (!file) return '';
  const { org } = file.begun;
  return org === identity.org && file.made ? file.made.with.orgName : directories.nameOf(org, orgName);
}

/** A relay that holds back the newest entries can be caught only by later ones: so it is said how old the newest are. */
function lastHeardNotes({ session }: Desktop, area: AreaId): string[] {
  const seats = session.log.replica(area).access?.seats.values() ?? [];
  const others = new Set([...seats].map((grant) => grant.org).filter((org) => org !== session.identity.org));
  return [...others].map((org) => {
    const name = session.directories.nameOf(org, session.orgName);
    const at = session.log.lastHeard.get(org);
    return at === undefined
      ? `Nothing heard from ${name} yet`
      : `Last heard from ${name}: ${formatTime(at, clockOf(session))}`;
  });
}

type Added = Pick<ItemRow, 'addedAt' | 'addedBy'> & { readonly mine: boolean };

function itemRows(desktop: Desktop, of: CaseId, areas: readonly CaseArea[], looks: Looks): ItemRow[] {
  const { session } = desktop;
  const inCase = packagesOf(session, of);
  const filed = filedIn(session, of);
  const row = (file: FileRecord, place: ItemRow['place'], { mine, ...by }: Added): ItemRow => {
    const { version } = file.content;
    const carriers = inCase.flatMap((pkg) => {
      const found = pkg.files.find((f) => f.file.content.version === version);
      return found ? [{ pkg, file: found }] : [];
    });
    const newest = carriers.at(-1);
    const to = carriers.filter(({ pkg }) => pkg.side === 'sender').map(({ pkg }) => pkg.content.to.orgName);
    const shown = newest ? packagedFile(desktop, newest.pkg, newest.file) : keptFile(desktop, of, file);
    const isNew = !mine && looks[place]?.versions.has(version) !== true;
    return { file: shown, place, ...by, releasedTo: [...new Set(to)], isNew };
  };
  return areas.flatMap(({ area, kind }) => {
    const rows = new Map<VersionId, ItemRow>();
    for (const { fact } of filed.filter((f) => f.area === area))
      if (!rows.has(fact.file.content.version))
        rows.set(fact.file.content.version, row(fact.file, kind, filedBy(session, fact)));
    // On its way there: shown with the word that says where it is.
    for (const pkg of kind === 'case file' ? fedInto(session, of) : [])
      for (const { file, dropped } of pkg.files)
        if (dropped === null && !rows.has(file.content.version))
          rows.set(file.content.version, row(file, kind, releasedBy(session, pkg)));
    return inOrder([...rows.values()]);
  });
}

const among = (a: ItemRow['file'], b: ItemRow['file']): number =>
  a.item === b.item ? a.number - b.number : a.item < b.item ? -1 : 1;

/** By name, and the versions of an item together, the first of them saying where. */
function inOrder(rows: readonly ItemRow[]): ItemRow[] {
  const firsts = new Map(rows.toSorted((a, b) => b.file.number - a.file.number).map(({ file }) => [file.item, file]));
  const first = ({ file }: ItemRow): ItemRow['file'] => firsts.get(file.item) ?? file;
  return rows.toSorted((a, b) => byName(first(a), first(b)) || among(a.file, b.file));
}

const isMe = ({ identity }: Session, by: { readonly org: OrgId; readonly person: PersonId }): boolean =>
  by.org === identity.org && by.person === identity.person;

const releasedBy = (session: Session, { content }: PackageState): Added => ({
  addedAt: content.at,
  addedBy: content.from.personName,
  mine: isMe(session, content.from),
});
/** What entered the Case file was put there by who released it, whichever computer wrote that it was delivered. */
function filedBy(session: Session, fact: FactOf<'added' | 'entered'>): Added {
  const pkg = fact.is === 'entered' ? packageOf(session, fact.package) : null;
  return pkg
    ? releasedBy(session, pkg)
    : { addedAt: fact.at, addedBy: fact.by.personName, mine: isMe(session, fact.by) };
}

const SHOWN_ACTIVITY = 200;

export async function caseView(desktop: Desktop, of: CaseId, unsent: Unacknowledged): Promise<CaseView> {
  const areas = await shownAreas(desktop, of);
  const inCase = packagesHereOf(desktop.session, of);
  const rows = inCase.map((p) => packageRow(desktop, p));
  const looks = await looksOf(desktop.session, of);
  return {
    row: await caseRow(desktop, of, unsent),
    areas: await Promise.all(areas.map((a) => areaView(desktop, of, a, looks[a.kind]?.at ?? null))),
    items: itemRows(desktop, of, areas, looks),
    packages: rows,
    imports: desktop.importing.rows(of),
    offline: offlineView(desktop, of),
    sensitive: await sensitiveView(desktop.session, of),
    work: await workView(desktop.session, of),
    emergencies: emergencyRows(desktop.session, of, ''),
    activity: [...sensitiveLines(desktop.session, of), ...activityOf(desktop.session, of, rows)]
      .sort((a, b) => b.at - a.at)
      .slice(0, SHOWN_ACTIVITY),
  };
}
