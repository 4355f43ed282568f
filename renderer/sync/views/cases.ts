/** A case as a row of the list and as a screen. */
import type { AreaView, CaseRow, CaseView, ItemRow } from '../../../shared/ipc/worker.ts';
import type { AreaId, CaseId } from '../../../shared/primitives/ids.ts';
import { readRecord, valueOf } from '../../../shared/model/record.ts';
import type { CaseRecord } from '../../../shared/model/record.ts';
import { roleIn } from '../../../shared/seal/admit.ts';
import { streamOf } from '../../../shared/seal/places.ts';
import type { CaseFacts } from '../../../shared/status/case.ts';
import { caseWord } from '../../../shared/status/case.ts';
import { formatTime } from '../../../shared/status/format.ts';
import type { CaseArea } from '../cases/caseIndex.ts';
import { areasOf, filedIn, packagesOf } from '../cases/caseIndex.ts';
import { refusedLines } from '../cases/refusals.ts';
import { needsMe as packageNeeds } from '../../../shared/model/packageStatus.ts';
import type { Desktop } from '../desktop.ts';
import type { Session } from '../session.ts';
import { clockOf } from './clock.ts';
import { keptFile, packagedFile } from './files.ts';
import { packageFacts, packageRow } from './packages.ts';
import type { Unacknowledged } from './unsent.ts';
import { workView } from './work.ts';
import { workLines } from './workLines.ts';

/** Why a case needs this person; null: it does not. */
export function needsMe(desktop: Desktop, of: CaseId): string | null {
  for (const pkg of packagesOf(desktop.session, of)) {
    const asked = pkg.side === 'sender' ? packageNeeds(pkg) : null;
    if (asked) return asked;
    const facts = packageFacts(desktop, pkg);
    const stuck = facts.files.some((f) => f.transfer?.state === 'failed' && f.dropped === null && f.delivered === null);
    if (stuck && !facts.withdrawn) return 'a file has a problem';
  }
  const notAdded = desktop.importing.notAdded(of);
  if (notAdded > 0) return `${notAdded} ${notAdded === 1 ? 'file was' : 'files were'} not added`;
  return null;
}

async function recordOf({ session }: Desktop, areas: readonly CaseArea[]): Promise<CaseRecord | null> {
  const best = areas.find((a) => a.kind === 'working papers') ?? areas[0];
  return best ? readRecord(session.docs.doc(best.area, await streamOf(session.platform, best.area, 'record'))) : null;
}

/** The title of a case, as far as this computer may read it; empty where it cannot. */
export async function titleOf(desktop: Desktop, of: CaseId): Promise<string> {
  const record = await recordOf(desktop, areasOf(desktop.session, of));
  return record ? valueOf(record.fields, 'title') : '';
}

export async function caseRow(desktop: Desktop, of: CaseId, unsent: Unacknowledged): Promise<CaseRow> {
  const { session } = desktop;
  const areas = areasOf(session, of);
  const record = await recordOf(desktop, areas);
  const own = packagesOf(session, of);
  const last = own[own.length - 1]?.content;
  const kind = areas[0]?.begun.fact.kind ?? last?.kind ?? 'charging';
  const facts = caseFacts(desktop, of, areas, unsent);
  const title = record ? valueOf(record.fields, 'title') : '';
  const changed = Math.max(
    0,
    ...areas.map((a) => session.log.replica(a.area).row.time),
    ...areas.flatMap((a) => session.facts.inArea(a.area).map((f) => f.time)),
    ...own.map((p) => p.content.at),
  );
  return {
    case: of,
    title: title || (last?.title ?? ''),
    urn: (record ? valueOf(record.fields, 'urn') : '') || (last?.urn ?? null),
    kind,
    officer: record ? valueOf(record.fields, 'officer') : (last?.from.personName ?? ''),
    suspects: record ? record.lists.suspects.map((s) => s.name) : [],
    changed,
    word: caseWord(facts, clockOf(session)),
    needsMe: needsMe(desktop, of),
  };
}

function caseFacts(desktop: Desktop, of: CaseId, areas: readonly CaseArea[], unsent: Unacknowledged): CaseFacts {
  const { session, moving } = desktop;
  const sent = packagesOf(session, of).filter((p) => p.side === 'sender');
  const waiting = sent.flatMap((p) => {
    const facts = packageFacts(desktop, p);
    return facts.withdrawn ? [] : facts.files.filter((f) => f.atRelay === null && f.dropped === null);
  });
  const mine = new Set(areas.map((a) => a.area));
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

async function areaView(desktop: Desktop, { area, kind }: CaseArea): Promise<AreaView> {
  const { session } = desktop;
  const { access } = session.log.replica(area);
  const state = session.directories.current(session.identity.org);
  const role = access && state ? roleIn(access, state, session.identity.device) : null;
  const begun = session.facts.inArea(area).flatMap((f) => (f.fact.is === 'case file' ? [f.fact] : []))[0];
  const other =
    begun &&
    (begun.with.org === session.identity.org
      ? session.directories.nameOf(access?.owner ?? begun.with.org, session.orgName)
      : begun.with.orgName);
  const granted = session.log.replica(area).row.n > 0;
  const live =
    kind === 'case file' && begun
      ? granted
        ? `Live with ${other} since ${formatTime(begun.at, clockOf(session))}`
        : `Will be live with ${other} when this computer is on line`
      : null;
  return {
    area,
    kind,
    record: await streamOf(session.platform, area, 'record'),
    summary: await streamOf(session.platform, area, 'summary'),
    mayWrite: role === 'lead' || role === 'contributor',
    live,
    notes: live && granted ? lastHeardNotes(desktop, area) : [],
  };
}

/** A relay that holds back the newest entries can be caught only by later ones: so it is said how old the newest are. */
function lastHeardNotes({ session }: Desktop, area: AreaId): string[] {
  const seats = session.log.replica(area).access?.seats.values() ?? [];
  const others = new Set([...seats].map((grant) => grant.org).filter((org) => org !== session.identity.org));
  return [...others].map((org) => {
    const name = session.directories.nameOf(org, session.orgName);
    const at = session.log.lastHeard.get(org);
    return at === undefined
      ? `${name} has not been heard yet`
      : `${name} was last heard ${formatTime(at, clockOf(session))}`;
  });
}

function itemRows(desktop: Desktop, of: CaseId, areas: readonly CaseArea[]): ItemRow[] {
  const { session } = desktop;
  const inCase = packagesOf(session, of);
  const filed = filedIn(session, of);
  const rows: ItemRow[] = [];
  for (const { area, kind } of areas) {
    const seen = new Set<string>();
    for (const { fact } of filed.filter((f) => f.area === area)) {
      const { version } = fact.file.content;
      if (seen.has(version)) continue;
      seen.add(version);
      const carriers = inCase.flatMap((pkg) => {
        const file = pkg.files.find((f) => f.file.content.version === version);
        return file ? [{ pkg, file }] : [];
      });
      const newest = carriers.at(-1);
      const to = carriers.filter(({ pkg }) => pkg.side === 'sender').map(({ pkg }) => pkg.content.to.orgName);
      const file = newest ? packagedFile(desktop, newest.pkg, newest.file) : keptFile(desktop, fact.file);
      rows.push({ file, place: kind, addedAt: fact.at, addedBy: fact.by.personName, releasedTo: [...new Set(to)] });
    }
  }
  return rows;
}

export async function caseView(desktop: Desktop, of: CaseId, unsent: Unacknowledged): Promise<CaseView> {
  const areas = areasOf(desktop.session, of);
  const inCase = packagesOf(desktop.session, of);
  const rows = inCase.map((p) => packageRow(desktop, p));
  return {
    row: await caseRow(desktop, of, unsent),
    areas: await Promise.all(areas.map((a) => areaView(desktop, a))),
    items: itemRows(desktop, of, areas),
    packages: rows,
    imports: desktop.importing.rows(of),
    work: await workView(desktop.session, of),
    activity: rows
      .flatMap((r) => [...r.history])
      .concat(activityOf(desktop, of, areas))
      .sort((a, b) => b.at - a.at)
      .slice(0, 200),
  };
}

function activityOf({ session }: Desktop, of: CaseId, areas: readonly CaseArea[]): { at: number; sentence: string }[] {
  const added = filedIn(session, of).flatMap(({ fact }) =>
    fact.is === 'added' ? [{ at: fact.at, sentence: `${fact.file.name} added by ${fact.by.personName}` }] : [],
  );
  const begun = areas
    .filter(({ kind }) => kind === 'working papers')
    .map((area) => ({ at: area.begun.time, sentence: `Case created by ${area.begun.fact.by.personName}` }));
  return [...begun, ...added, ...workLines(session, of), ...refusedLines(session, of)];
}
