/**
 * FAKE. A made-up case and what a window shows of it, for looking at screens.
 */
import { NO_LIMITS } from '../../shared/ipc/limits.ts';
import type { ReceiverRow } from '../../shared/ipc/release.ts';
import type { AreaView, CaseView, PackageRow, Views } from '../../shared/ipc/worker.ts';
import type { AreaId, CaseId, PersonId, SeatId, StreamId } from '../../shared/primitives/ids.ts';
import type { Word } from '../../shared/status/words.ts';
import { fakeGuestViews } from './fakeGuests.ts';
import { fakeRules } from './fakeRules.ts';
import { CASE, FILES, GOING, INBOX, SENT, STILL, ago, hex, word, STICK_CHOICES } from './fakePackages.ts';
import { fakeWork, fakeWorkViews } from './fakeWork.ts';

const CUT_OFF = { cancelled: false, cutOff: true, waitsForRoom: false, moreProblems: 0 };

const area = (kind: AreaView['kind'], n: number, live: string | null): AreaView => ({
  area: hex(n) as AreaId,
  kind,
  record: hex(n + 1) as StreamId,
  summary: hex(n + 2) as StreamId,
  mayWrite: true,
  live,
  isShared: live !== null,
  lookedAt: ago(300),
  notes: [],
});

export function caseView(as: string): CaseView {
  const fresh = as === 'empty';
  return {
    emergencies: [],
    sensitive: {
      places: [],
      begun: null,
      mayKeep: true,
      askWhom: [],
      couldShareWith: [],
      unshared: [],
      inCaseFile: null,
    },
    work: fakeWork,
    row: {
      case: CASE,
      title: 'R v Hale: robbery, Harbour Street',
      urn: '01AB1234526',
      kind: 'charging',
      officer: 'Priya Nair',
      suspects: ['Hale, Martin'],
      changed: ago(3),
      closed: false,
      word: word('Sending', 'going'),
      needsMe: fresh
        ? null
        : 'Returned by Mercia Prosecution Service: the statement of the second witness is not signed',
    },
    areas: [
      area('working papers', 20, null),
      ...(fresh
        ? []
        : [
            area(
              'case file',
              30,
              'Live with Mercia Prosecution Service since 22 Nov 2026 14:02. Whoever writes here, they read it as it is typed.',
            ),
          ]),
    ],
    items: fresh
      ? []
      : [
          ...FILES.map((row, i) => ({
            file: row,
            place: 'working papers' as const,
            addedAt: ago(200 - i),
            addedBy: 'Priya Nair',
            releasedTo: i < 5 ? ['Mercia Prosecution Service'] : [],
            isNew: i % 3 === 0,
          })),
          ...FILES.slice(0, 2).map((row) => ({
            file: row,
            place: 'case file' as const,
            addedAt: ago(90),
            addedBy: 'Priya Nair',
            releasedTo: ['Mercia Prosecution Service'],
            isNew: false,
          })),
        ],
    packages: fresh ? [] : SENT,
    offline: { keep: 'all', bytes: 48_000_000 },
    imports: fresh
      ? []
      : [
          {
            id: 'i1',
            case: CASE,
            files: 14,
            done: 6,
            added: 5,
            bytes: 4_000_000_000,
            doneBytes: 1_210_000_000,
            finished: false,
            ...CUT_OFF,
            problems: [
              {
                name: 'thumbs.db',
                sentence: 'could not be read: another program holds it. Close that program and add it again.',
              },
            ],
          },
          {
            id: 'i2',
            case: CASE,
            files: 12,
            done: 12,
            added: 9,
            bytes: 310_000_000,
            doneBytes: 310_000_000,
            finished: true,
            ...CUT_OFF,
            problems: ['CCTV front door.mp4', 'CCTV yard.mp4', 'Custody photographs/IMG_0042.jpg'].map((name) => ({
              name,
              sentence:
                'This file was gone before it was copied: the drive may have been pulled out. The other files go on; put the drive back and add it again.',
            })),
          },
        ],
    activity: [
      { at: ago(3), sentence: 'Priya Nair wrote in the summary' },
      { at: ago(31), sentence: 'Daniel Osei of Mercia Prosecution Service opened MG11 statement A. Marsh.pdf' },
      { at: ago(90), sentence: 'Priya Nair released 6 files to Mercia Prosecution Service' },
      { at: ago(2900), sentence: 'Case created by Priya Nair' },
    ],
  };
}

const RECEIVERS: readonly ReceiverRow[] = [
  {
    org: 'Mercia Prosecution Service',
    seat: hex(900) as SeatId,
    title: 'Charging desk',
    unit: 'Mercia East',
    people: ['Daniel Osei', 'Ruth Abara'],
    roles: ['prosecutor'],
    canReceive: true,
    fingerprint: '91c0aa37f3d25e88b4602c9a1be7d4f506',
  },
  {
    org: 'Mercia Prosecution Service',
    seat: hex(901) as SeatId,
    title: 'Complex casework',
    unit: 'Mercia East',
    people: [],
    roles: ['prosecutor'],
    canReceive: false,
    fingerprint: '91c0aa37f3d25e88b4602c9a1be7d4f506',
  },
];

export function views(as: string): Views {
  const empty = as === 'empty';
  const words = [
    word('Up to date', 'good', { at: ago(2) }),
    word('Saved on this computer, not shared', 'quiet'),
    word('Offline: your edits in 2 places are not sent', 'attention'),
  ];
  const more = Array.from({ length: empty ? 0 : 400 }, (_, i) => ({
    case: hex(2000 + i) as CaseId,
    title: `R v Person ${i + 1}${i % 7 === 0 ? ' and others: conspiracy to supply, Operation with a rather long name that does not fit its column' : ''}`,
    urn: i % 3 === 0 ? null : `01AB${String(20000 + i)}26`,
    kind: 'trial' as const,
    officer: 'Sam Whitlock',
    suspects: [`Person ${i + 1}`],
    changed: ago(100 + i * 37),
    closed: false,
    word: words[i % 3] as Word,
    needsMe: null,
  }));
  const sending = SENT[0] as PackageRow;
  const needs: Views['needs'] = [
    {
      case: CASE,
      caseTitle: sending.caseTitle,
      urn: sending.urn,
      package: { id: sending.package, direction: 'sent', purpose: sending.purpose, org: sending.org },
      why: 'Returned by Daniel Osei: the statement of the second witness is not signed',
      at: ago(3),
    },
    {
      case: CASE,
      caseTitle: sending.caseTitle,
      urn: sending.urn,
      package: null,
      why: '2 files were not added',
      at: null,
    },
  ];
  return {
    ...fakeWorkViews,
    stick: { now: null, choices: STICK_CHOICES },
    link: {
      word: empty ? word('Offline: no network', 'attention', { mend: 'retry' }) : word('On line', 'good'),
      me: {
        name: as === 'prosecutor' ? 'Daniel Osei' : 'Priya Nair',
        org: as === 'prosecutor' ? 'Mercia Prosecution Service' : 'Northmere Police',
        posts: ['Investigator, CID Harbour Street'],
        roles: [as === 'prosecutor' ? 'prosecutor' : 'officer'],
        device: 'Laptop',
      },
      unsentEdits: empty ? 2 : 0,
      unsentWhy: null,
      ...(empty ? STILL : GOING),
      needsMe: empty ? 0 : needs.length,
      lastInStep: ago(2),
      pausedAll: false,
    },
    late: [],
    computers: {
      me: 'a'.repeat(32) as PersonId,
      relay: 'https://relay.example',
      people: [],
      computers: [],
    },
    cases: empty ? [] : [caseView(as).row, ...more],
    inbox: empty ? [] : INBOX,
    needs: empty ? [] : needs,
    limits: { limits: NO_LIMITS, link: 'usual', held: false, once: false },
    'past transfers': [],
    transfers: empty
      ? []
      : FILES.filter((row) => row.progress !== null).map((row) => ({
          direction: 'up' as const,
          caseTitle: sending.caseTitle,
          package: sending.package,
          org: sending.org,
          file: row,
          first: false,
          byStick: false,
        })),
    access: {
      administers: true,
      audits: true,
      emergencies: true,
      recovery: true,
      needs: [],
      me: hex(40) as PersonId,
      ending: [],
    },
    audit: null,
    posts: [],
    requests: { rows: [], askWhom: [] },
    ...fakeGuestViews,
    receivers: RECEIVERS,
    rules: fakeRules(empty, ago(90)),
    alarms:
      as === 'alarm'
        ? [
            {
              id: 'a',
              at: ago(4),
              sentence: 'The relay showed two different histories of the Case file of R v Hale.',
              next: 'Joinder has stopped taking entries of this case from it. Tell your administrator; what you write is kept here.',
              serious: true,
            },
          ]
        : [],
  };
}
