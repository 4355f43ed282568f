/**
 * The views that windows watch, each computed whole from the session. A view is a value: the desk compares it with what
 * a window was sent last and sends it only when it differs.
 */
import type { CaseId, PersonId, VersionId } from '../../../shared/primitives/ids.ts';
import { fingerprint } from '../../../shared/seal/directory/card.ts';
import type { ReceiverRow } from '../../../shared/ipc/release.ts';
import type { PackageRow, TransferRow } from '../../../shared/ipc/worker.ts';
import { accessView, people as peopleRows, personView, posts } from '../access/people.ts';
import { accessNeeds } from '../access/needs.ts';
import { recertificationView } from '../access/recertification/view.ts';
import { requestsView } from '../access/requests.ts';
import { recoveryView } from '../access/recovery/view.ts';
import { emergenciesView } from '../access/emergency/view.ts';
import { whoView } from '../access/who.ts';
import { auditView } from '../audit/reading.ts';
import { pastTransfers } from '../../../shared/model/transfers/past.ts';
import { allCases, packages } from '../cases/caseIndex.ts';
import { servedView } from '../cases/exchange/serving.ts';
import { holdings } from '../cases/work/handingOver.ts';
import type { Desktop } from '../desktop.ts';
import { guestHome, guestsView } from '../guests/views.ts';
import { lateRows } from '../late/rows.ts';
import { rulesView } from '../rules/rulesView.ts';
import { agreementView } from './agreement.ts';
import { alarmsView } from './alarms.ts';
import { checkView } from './check.ts';
import { caseRow, caseView } from './cases.ts';
import { computers } from './computers.ts';
import { disposals } from './disposals.ts';
import { leavers } from './leavers.ts';
import { linkView } from './linkView.ts';
import { needRows } from './needRows.ts';
import { needsOf } from './needs.ts';
import { allPackageRows } from './packages.ts';
import { colleagues, measuresView, reasons, tasks } from './tasks.ts';
import { queue, queueCount } from './queue.ts';
import { shownVersion } from './shown.ts';
import { stickView } from './sticks.ts';
import { unacknowledged } from './unsent.ts';
import { withdrawnUnseen } from './withdrawnUnseen.ts';

/** The value of a view by its name; null where there is no such view or case. */
export async function computeView(desktop: Desktop, name: string): Promise<unknown> {
  switch (name) {
    case 'link':
      return linkView(
        desktop,
        allCases(desktop.session).flatMap((c) => needsOf(desktop, c)).length +
          (await queueCount(desktop.session)) +
          (await accessNeeds(desktop.session)).length,
      );
    case 'cases':
      return cases(desktop);
    case 'inbox':
      return inbox(desktop);
    case 'needs':
      return needRows(desktop);
    case 'transfers':
      return transfers(desktop);
    case 'past transfers':
      return pastTransfers(packages(desktop.session));
    case 'limits':
      return desktop.moving.limiting.now();
    case 'receivers':
      return receivers(desktop);
    case 'stick':
      return stickView(desktop);
    case 'alarms':
      return alarmsView(desktop);
    case 'rules':
      return rulesView(desktop.session);
    case 'tasks':
      return tasks(desktop.session);
    case 'queue':
      return queue(desktop.session);
    case 'holdings':
      return holdings(desktop.session);
    case 'leavers':
      return leavers(desktop.session);
    case 'colleagues':
      return colleagues(desktop.session);
    case 'measures':
      return measuresView(desktop.session);
    case 'late':
      return lateRows(desktop);
    case 'guests':
      return guestsView(desktop);
    case 'guest':
      return guestHome(desktop);
    case 'computers':
      return computers(desktop.session);
    case 'disposals':
      return disposals(desktop.session);
    case 'access':
      return accessView(desktop.session);
    case 'posts':
      return posts(desktop.session);
    case 'audit':
      return auditView(desktop.session);
    case 'requests':
      return requestsView(desktop);
    case 'recertification':
      return recertificationView(desktop);
    case 'recovery':
      return recoveryView(desktop.session);
    case 'emergencies':
      return emergenciesView(desktop);
    case 'people':
      return peopleRows(desktop.session);
    case 'reasons':
      return reasons(desktop.session);
    default:
      return viewOfCase(desktop, name);
  }
}

async function viewOfCase(desktop: Desktop, name: string): Promise<unknown> {
  const [kind, id, about, part] = name.split(':') as [
    string,
    CaseId | undefined,
    string | undefined,
    string | undefined,
  ];
  if (kind === 'shown') return shownVersion(desktop, id as string as VersionId);
  if (kind === 'person') return personView(desktop, id as string as PersonId);
  if (id === undefined || !allCases(desktop.session).includes(id)) return null;
  if (kind === 'case') return caseView(desktop, id, await unacknowledged(desktop));
  if (kind === 'agreement') return agreementView(desktop.session, id);
  if (kind === 'who') return whoView(desktop.session, id, about, part);
  if (kind === 'served') return servedView(desktop.session, id);
  return kind === 'check' ? checkView(desktop, id) : null;
}

async function cases(desktop: Desktop): Promise<unknown> {
  const unsent = await unacknowledged(desktop);
  const rows = await Promise.all(allCases(desktop.session).map((id) => caseRow(desktop, id, unsent)));
  return rows.sort((a, b) => b.changed - a.changed);
}

const URGENCY = { custody: 0, urgent: 1, routine: 2 } as const;

async function inbox(desktop: Desktop): Promise<readonly PackageRow[]> {
  return [...allPackageRows(desktop), ...(await withdrawnUnseen(desktop))]
    .filter((p) => p.direction === 'received')
    .sort((a, b) => URGENCY[a.urgency] - URGENCY[b.urgency] || a.at - b.at);
}

function transfers(desktop: Desktop): readonly TransferRow[] {
  return allPackageRows(desktop).flatMap((p) =>
    p.files
      .filter((file) => file.progress !== null || file.condition !== null || isWaiting(file.happened.text))
      .map((file) => ({
        direction: p.direction === 'sent' ? ('up' as const) : ('down' as const),
        caseTitle: p.caseTitle,
        package: p.package,
        org: p.org,
        file,
        first: desktop.moving.first.has(file.version),
        byStick: p.can.sendByLink,
      })),
  );
}
const isWaiting = (word: string): boolean =>
  word.startsWith('Waiting') ||
  word.startsWith('Expected') ||
  word.startsWith('Sending') ||
  word.startsWith('Arriving');

async function receivers({ session }: Desktop): Promise<readonly ReceiverRow[]> {
  const own = session.directories.current(session.identity.org);
  const rows: ReceiverRow[] = [];
  for (const partner of own?.partners.values() ?? []) {
    const state = session.directories.current(partner.org);
    for (const post of state?.posts.values() ?? []) {
      if (state?.guestSeats.has(post.seat) === true) continue; // nothing is released to a partner's guest
      const people = [...(state?.holds ?? [])]
        .filter(([, seats]) => seats.has(post.seat))
        .map(([person]) => state?.people.get(person)?.name ?? '');
      rows.push({
        org: partner.name,
        seat: post.seat,
        title: post.title,
        unit: post.unit,
        people,
        roles: state?.roles.get(post.seat) ?? [],
        canReceive: state?.seats.has(post.seat) ?? false,
        fingerprint: await fingerprint(session.platform, partner),
      });
    }
  }
  return rows;
}
