/**
 * FAKE. Files and packages of a made-up case, with every word that can stand beside them.
 */
import type { StickChoice } from '../../shared/ipc/stick.ts';
import type { FileRow, PackageRow } from '../../shared/ipc/worker.ts';
import type { CaseId, Hash, ItemId, PackageId, VersionId } from '../../shared/primitives/ids.ts';
import { progressOf } from '../../shared/status/progress.ts';
import type { Tone, Word } from '../../shared/status/words.ts';

export const hex = (n: number, length = 32): string => n.toString(16).padStart(length, '0');
export const word = (text: string, tone: Tone, more: Partial<Word> = {}): Word => ({ text, tone, ...more });
export const ago = (minutes: number): number => Date.now() - minutes * 60_000;
export const CASE = hex(1) as CaseId;

let next = 100;
function file(name: string, bytes: number, happened: Word, more: Partial<FileRow> = {}): FileRow {
  next++;
  return {
    version: hex(next) as VersionId,
    item: hex(next + 5000) as ItemId,
    name,
    bytes,
    happened,
    sha256: hex(next * 7919, 64) as Hash,
    type: name.endsWith('.pdf')
      ? 'application/pdf'
      : name.endsWith('.jpg')
        ? 'image/jpeg'
        : name.endsWith('.txt')
          ? 'text/plain'
          : name.endsWith('.mp4')
            ? 'video/mp4'
            : 'application/octet-stream',
    here: null,
    condition: null,
    progress: null,
    paused: false,
    canOpen: true,
    canDrop: false,
    receipts: [],
    canError: false,
    number: 1,
    isNewest: true,
    lineage: [],
    canDerive: true,
    ...more,
  };
}

const receipts = [
  {
    what: 'delivered',
    person: 'CPS Mercia charging desk',
    org: 'Mercia Prosecution Service',
    device: 'Desk 3',
    at: ago(50),
    proof: hex(77, 64) as Hash,
  },
  {
    what: 'opened',
    person: 'Daniel Osei',
    org: 'Mercia Prosecution Service',
    device: 'Osei laptop',
    at: ago(31),
    proof: hex(78, 64) as Hash,
  },
] as const;

export const FILES: readonly FileRow[] = [
  file(
    'MG11 statement A. Marsh.pdf',
    212_400,
    word('Opened by Daniel Osei, Mercia Prosecution Service', 'good', { at: ago(31) }),
    { receipts },
  ),
  file(
    'MG5 case summary signed.pdf',
    148_000,
    word('Delivered to Mercia Prosecution Service', 'good', { at: ago(44) }),
    { receipts: receipts.slice(0, 1) },
  ),
  file(
    'CCTV Harbour Street 22 Nov camera 4 (north entrance, exported by store security on request).mp4',
    3_212_000_000,
    word('Sending 42%', 'going'),
    { progress: progressOf({ done: 1_349_000_000, total: 3_213_000_000, rate: 4_700_000, stands: false }) },
  ),
  file('Exhibit AM-3 shop front.jpg', 8_400_000, word('Waiting to send: the relay cannot be reached', 'quiet'), {
    condition: word('Retrying in 20 s: the relay did not answer', 'attention', { mend: 'retry' }),
    progress: progressOf({ done: 0, total: 8_401_000, rate: 0, stands: false }),
  }),
  file('Bodyworn 7714.mp4', 911_000_000, word('Sending 7%', 'going'), {
    paused: true,
    condition: word('Paused', 'quiet', { mend: 'resume' }),
    progress: progressOf({ done: 64_000_000, total: 911_300_000, rate: 0, stands: false }),
  }),
  file('999 call.wav', 5_100_000, word('On this computer', 'quiet'), {
    condition: word('Problem: this computer’s disk gave an error', 'attention', { mend: 'drop' }),
    canDrop: true,
  }),
  file('notes of search.txt', 1_240, word('On this computer', 'quiet')),
];

function packageOf(
  direction: PackageRow['direction'],
  text: Word,
  files: readonly FileRow[],
  more: Partial<PackageRow> = {},
): PackageRow {
  next++;
  return {
    package: hex(next) as PackageId,
    direction,
    case: CASE,
    caseTitle: 'R v Hale: robbery, Harbour Street',
    urn: '01AB1234526',
    org: direction === 'sent' ? 'Mercia Prosecution Service' : 'Northmere Police',
    post: 'Charging desk, Mercia East',
    by: 'Priya Nair',
    purpose: 'charging decision',
    urgency: 'custody',
    at: ago(90),
    word: text,
    condition: null,
    progress: null,
    files,
    answers: null,
    note: 'The custody clock ends at 23:40. Please look at camera 4 first.',
    record: [
      { label: 'Title', value: 'R v Hale' },
      { label: 'Suspect 1', value: 'Name: Hale, Martin; Date of birth: 1990-03-01' },
    ],
    summary:
      'At 21:40 on 22 November the suspect entered the shop at 14 Harbour Street and demanded the contents of the till.\nHe is identified by two witnesses and by camera 4.',
    can: {
      withdraw: direction === 'sent',
      accept: false,
      return: direction === 'received',
      error: false,
      sendByLink: direction === 'sent',
      stick: direction === 'sent' ? 'package' : null,
    },
    errors: [],
    acceptWaits: null,
    allocated: null,
    allocateTo: [],
    history: [
      { at: ago(90), sentence: 'Released by Priya Nair' },
      { at: ago(44), sentence: 'MG5 case summary signed.pdf was delivered' },
    ],
    ...more,
  };
}

export const SENT: readonly PackageRow[] = [
  packageOf('sent', word('Sending 3 of 5 files', 'going'), FILES.slice(0, 6)),
  packageOf(
    'sent',
    word('Returned: the statement of the second witness is not signed', 'attention', { at: ago(12) }),
    FILES.slice(0, 2),
    {
      purpose: 'upgrade file',
      urgency: 'routine',
      at: ago(2900),
      can: { withdraw: false, accept: false, return: false, error: false, sendByLink: false, stick: null },
    },
  ),
];

const received = (name: string, happened: Word, more: Partial<FileRow> = {}): FileRow =>
  file(name, 1_912_000, happened, more);
export const INBOX: readonly PackageRow[] = [
  packageOf(
    'received',
    word('Arriving 2 of 4 files', 'going'),
    [
      received('MG11 statement A. Marsh.pdf', word('Opened by you', 'good', { at: ago(10) })),
      received('Exhibit AM-3 shop front.jpg', word('Ready to open', 'good', { at: ago(14) })),
      received('CCTV Harbour Street 22 Nov camera 4.mp4', word('Arriving 42%', 'going'), {
        canOpen: false,
        progress: progressOf({ done: 803_000, total: 1_912_000, rate: 2_300_000, stands: false }),
      }),
      received('notes of search.txt', word('Expected from Northmere Police', 'quiet'), { canOpen: false }),
    ],
    { errors: [], acceptWaits: 'Accept waits for 2 files that are not here yet.' },
  ),
  packageOf(
    'received',
    word('Ready to open', 'good', { at: ago(300) }),
    [received('MG3.pdf', word('Opened by a colleague: Ruth Abara', 'good', { at: ago(200) }))],
    {
      caseTitle: 'R v Okafor',
      urn: null,
      urgency: 'routine',
      purpose: 'further evidence',
      at: ago(320),
      can: { withdraw: false, accept: true, return: true, error: false, sendByLink: false, stick: null },
    },
  ),
];

export const STICK_CHOICES: readonly StickChoice[] = [
  'R v Marsh',
  'R v Harrow and others (Harbour Street robberies, second series)',
].map((caseTitle, i) => ({
  package: `${i}`.repeat(32) as PackageId,
  what: 'package' as const,
  to: 'a',
  post: 'Charging lawyer, Harbour Street',
  org: 'Mercia Prosecution Service',
  caseTitle,
  purpose: 'charging decision',
  files: 3 + i,
  bytes: 3_370_000_000,
}));

/** Of the status bar: what moves. */
export const GOING = { uploads: 3, downloads: 1, rate: 1_250_000 };
export const STILL = { uploads: 0, downloads: 0, rate: 0 };
