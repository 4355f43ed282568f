/** For tests only: a small story's facts, as two organisations' devices would log them. */
import type {
  AreaId,
  CaseId,
  DeviceId,
  Hash,
  ItemId,
  OrgId,
  PackageId,
  PersonId,
  SeatId,
  VersionId,
} from '../primitives/ids.ts';
import type { FileRecord, PackageContent, Party, Receipt } from './events.ts';
import type { Me } from './foldPackage.ts';
import type { AnyFact, FactOf, Logged } from './logged.ts';

/** An id, or a hash, from a short word. */
const hex = (word: string, length: number): string =>
  Array.from(word, (c) => c.charCodeAt(0).toString(16))
    .join('')
    .padEnd(length, '0')
    .slice(0, length);
export const id = <T extends string>(word: string): T => hex(word, 32) as T;
export const hash = (word: string): Hash => hex(word, 64) as Hash;

export interface Writer {
  readonly party: Party;
  readonly device: DeviceId;
  readonly roles: readonly string[];
}
const writer = (org: string, post: string, person: string, device: string, role: string): Writer => ({
  roles: [role],
  party: {
    org: id<OrgId>(org),
    orgName: org,
    seat: id<SeatId>(post),
    post,
    person: id<PersonId>(person),
    personName: person,
  },
  device: id<DeviceId>(device),
});
export const ann = writer('Wessex Police', 'CID', 'Ann Bell', 'ann laptop', 'officer');
export const cy = writer('Crown Prosecutors', 'RASSO', 'Cy Dodd', 'cy desk', 'prosecutor');
export const di = writer('Crown Prosecutors', 'RASSO', 'Di Eng', 'di desk', 'prosecutor');
export const mallory = writer('Other Body', 'Post', 'Mal Lory', 'mal box', 'prosecutor');
export const meOf = ({ party, device }: Pick<Writer, 'party' | 'device'>): Me => ({
  org: party.org,
  person: party.person,
  device,
});

export const PAPERS = id<AreaId>('papers');
export const CASE_FILE = id<AreaId>('case file');
export const INTAKE = id<AreaId>('intake cps');
export const OUR_INTAKE = id<AreaId>('intake police');
export const CASE = id<CaseId>('case');
export const PACKAGE = id<PackageId>('package');

export const file = (name: string, item = name): FileRecord => ({
  item: id<ItemId>(item),
  name,
  type: 'text/plain',
  modified: 1,
  content: {
    version: id<VersionId>(name),
    size: 10,
    sha256: hash(`sha ${name}`),
    key: new Uint8Array(32),
    chunkSize: 1024,
    chunks: [{ hash: hash(`chunk ${name}`), size: 26 }],
  },
});
export const A = file('a.txt');
export const B = file('b.txt');

export const content = (more: Partial<PackageContent> = {}): PackageContent => ({
  is: 'package',
  package: PACKAGE,
  case: CASE,
  title: 'R v Smith',
  urn: null,
  kind: 'charging',
  from: ann.party,
  to: { org: cy.party.org, orgName: cy.party.orgName, seat: cy.party.seat, post: cy.party.post },
  purpose: 'charging decision',
  urgency: 'routine',
  note: '',
  answers: null,
  at: 100,
  summary: '',
  record: [],
  files: [A, B],
  caseFile: null,
  ...more,
});

let places = 0;
/** A fact as logged; ordered by the relay unless `n` is null. */
export function log(by: Writer, area: AreaId, fact: AnyFact, more: Partial<Logged> = {}): Logged {
  const n = ++places;
  return {
    fact,
    area,
    hash: hash(`entry ${n}`),
    n,
    relayTime: 1000 + n,
    time: 'at' in fact ? fact.at : 0,
    org: by.party.org,
    device: by.device,
    person: by.party.person,
    roles: by.roles,
    side: null,
    ...more,
  };
}
export const receipt = (
  by: Writer,
  what: Receipt['what'],
  of: FileRecord,
  at: number,
  more: Partial<Receipt> = {},
): Receipt => ({
  is: 'receipt',
  what,
  package: PACKAGE,
  version: of.content.version,
  sha256: of.content.sha256,
  by: by.party,
  deviceName: by.device.slice(0, 4),
  at,
  ...more,
});
export const decision = (
  by: Writer,
  is: 'accepted' | 'returned',
  at: number,
  reason = 'no exhibits',
): FactOf<'accepted' | 'returned'> =>
  is === 'accepted' ? { is, package: PACKAGE, by: by.party, at } : { is, package: PACKAGE, reason, by: by.party, at };

/** Everything that happens to a package that is accepted, as its sender logs it; the receiver's part comes by both intakes. */
export function story(): Logged[] {
  const both = (by: Writer, fact: AnyFact): Logged[] => [log(by, INTAKE, fact), log(by, OUR_INTAKE, fact)];
  return [
    log(ann, PAPERS, { is: 'case', case: CASE, kind: 'charging', source: null, by: ann.party }),
    log(ann, PAPERS, { is: 'added', file: A, by: ann.party, at: 10 }),
    log(ann, PAPERS, { is: 'added', file: B, by: ann.party, at: 20 }),
    log(ann, PAPERS, {
      is: 'released',
      content: content(),
      when: { sealed: false, at: null, unmetered: false },
      by: ann.party,
      at: 100,
    }),
    log(ann, CASE_FILE, { is: 'case', case: CASE, kind: 'charging', source: PAPERS, by: ann.party }),
    log(ann, CASE_FILE, { is: 'case file', area: CASE_FILE, with: content().to, release: PACKAGE, at: 101 }),
    log(ann, CASE_FILE, { is: 'entered', package: PACKAGE, file: A, by: ann.party, at: 102 }),
    log(ann, INTAKE, content({ caseFile: CASE_FILE })),
    log(ann, PAPERS, {
      is: 'posted',
      package: PACKAGE,
      entry: hash('posted'),
      intake: INTAKE,
      key: new Uint8Array(32),
      at: 103,
    }),
    log(ann, PAPERS, { is: 'sent', package: PACKAGE, entry: hash('posted'), n: 1, at: 104 }),
    log(ann, PAPERS, { is: 'all sent', package: PACKAGE, at: 105 }),
    ...both(cy, receipt(cy, 'delivered', A, 200)),
    ...both(cy, receipt(cy, 'viewing began', B, 205)),
    ...both(cy, receipt(cy, 'delivered', B, 210)),
    ...both(di, receipt(di, 'opened', A, 220)),
    ...both(di, receipt(di, 'delivered', A, 230)),
    ...both(cy, decision(cy, 'accepted', 300)),
  ];
}
