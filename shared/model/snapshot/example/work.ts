/** The example's work: signed off by a supervisor, certified, and once there is a charge, sent, accepted and decided. */
import type { Hash, ItemId, OrgId, PackageId, PersonId, SeatId, VersionId, WorkId } from '../../../primitives/ids.ts';
import type { Party } from '../../facts/parts.ts';
import type { Question } from '../../rules/preflight/preflight.ts';
import { emptyWork } from '../../work/fold/draft.ts';
import type { CertificateState, DecisionState, ReviewState, Said, WorkState } from '../../work/state.ts';
import type { PackageFacts } from '../facts.ts';
import { item, papersAt, sentForCharging, shaOf, versionOf } from './papers.ts';
import type { Story } from './story.ts';
import { ID, OFFICER, POLICE, PROSECUTION, PROSECUTOR, SUPERVISOR, hashOf, idOf, millisOf, timeOf } from './story.ts';

/** The example's ids are of the form of ours; these casts say of what. */
const workId = (number: number): WorkId => idOf(14, number) as WorkId;
const packageId = idOf(15, 1) as PackageId;
const hash = (number: number): Hash => hashOf(number) as Hash;

const party = (number: number, orgName: string, post: string, personName: string): Party => ({
  org: idOf(20, orgName === POLICE ? 1 : 2) as OrgId,
  orgName,
  seat: idOf(21, number) as SeatId,
  post,
  person: idOf(22, number) as PersonId,
  personName,
});
const OFFICER_PARTY = party(1, POLICE, 'Officer in the case, Kelder CID', OFFICER);
const SUPERVISOR_PARTY = party(2, POLICE, 'Supervisor, Kelder CID', SUPERVISOR);
const PROSECUTOR_PARTY = party(3, PROSECUTION, 'Charging lawyer, Northmoor', PROSECUTOR);

const said = (story: Story, by: Party, after: number, entry: number): Said => ({
  by,
  at: millisOf(story, after),
  entry: hash(entry),
});

function reviewOf(story: Story): ReviewState {
  const files = papersAt(story).flatMap((name) => {
    const id = item(story, name);
    return id === undefined
      ? []
      : [{ item: id as ItemId, version: versionOf(name) as VersionId, sha256: shaOf(name) as Hash }];
  });
  const about = { record: hash(1), summary: hash(2), files };
  return {
    id: workId(1),
    stage: story.stage,
    to: SUPERVISOR_PARTY,
    note: '',
    asked: said(story, OFFICER_PARTY, -1, 3),
    about,
    withdrawn: null,
    given: { ...said(story, SUPERVISOR_PARTY, 0, 4), outcome: 'signed off', note: 'Ready to go.', comments: [], about },
  };
}

const decisionOf = (story: Story): DecisionState => ({
  ...said(story, PROSECUTOR_PARTY, -13, 5),
  id: workId(2),
  stage: 'charging',
  supersedes: null,
  supersededBy: null,
  outcome: 'charge',
  route: 'prosecutor',
  test: 'full code',
  offences: [{ path: `offences/${ID.offence}`, code: 'TH68001', wording: 'Theft' }],
  reasons: 'The film, the neighbour and the tools in the van answer what he says of his wages.',
});

function certificatesOf(story: Story): CertificateState[] {
  const schedules = (['MG6C', 'MG6D', 'MG6E', 'SDC'] as const).filter(
    (form) => item(story, form.toLowerCase() as Lowercase<typeof form>) !== undefined,
  );
  return schedules.map((schedule, i) => ({
    ...said(story, OFFICER_PARTY, -1, 6 + i),
    id: workId(3 + i),
    stage: story.stage,
    supersedes: null,
    supersededBy: null,
    schedule,
    covers: { sha256: hash(20 + i), lines: schedule === 'MG6D' ? 1 : 2 },
    words: 'I have reviewed all the relevant material that was retained and made available to me.',
  }));
}

export function workOf(story: Story): WorkState {
  return {
    ...emptyWork('charging'),
    stage: { stage: story.stage, moves: [] },
    holder: OFFICER_PARTY,
    reviews: [reviewOf(story)],
    certificates: certificatesOf(story),
    decisions: story.charged ? [decisionOf(story)] : [],
    allocations: story.charged
      ? [
          {
            ...said(story, PROSECUTOR_PARTY, -28, 12),
            package: packageId,
            role: 'prosecutor',
            to: PROSECUTOR_PARTY,
            note: '',
            current: true,
          },
        ]
      : [],
  };
}

/** The package with which the charging decision was asked for. */
export const packagesOf = (story: Story): readonly PackageFacts[] =>
  story.charged
    ? [
        {
          id: packageId,
          to: PROSECUTION,
          post: PROSECUTOR_PARTY.post,
          purpose: 'charging decision',
          urgency: 'routine',
          released: timeOf(story, -29),
          releasedBy: OFFICER,
          files: sentForCharging(story).map(versionOf),
          state: 'accepted',
          reasons: [],
          delivered: timeOf(story, -29, '10:40'),
          opened: timeOf(story, -28),
          decided: timeOf(story, -28, '14:05'),
        },
      ]
    : [];

/** The good answer to a question of the pre-flight, by one who can give it. */
export const answerOf = (story: Story, { by, good }: Question): WorkState['answers'][string] => ({
  ...said(story, by.includes('officer') ? OFFICER_PARTY : SUPERVISOR_PARTY, 0, 13),
  answer: good,
  note: '',
  roles: [...by],
});
