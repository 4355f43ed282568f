/**
 * A case that no rule of Joinder's own has anything against, for each stage, as plain data that a test may change: small,
 * and with one of each thing that rules look at.
 */
import type { Stage } from '../../formats/stages.ts';
import { builtInRules } from '../builtIn.ts';
import { questionsOf } from './preflight.ts';

/** Plain data: tests reach into it by name. */
// oxlint-disable-next-line typescript/no-explicit-any -- a test changes any part of it, and what it makes need not be a case
export type Draft = Record<string, any>;

/** The day on which the good case is judged. */
export const ON = '2026-03-02';

const FILES: readonly (readonly [item: string, name: string, group: string, form: string, more?: Draft])[] = [
  ['f-mg3', 'MG3.pdf', 'Case overview', 'MG3'],
  ['f-mg4', 'MG4.pdf', 'MG form', 'MG4', { served: true }],
  ['f-mg5', 'MG5.pdf', 'Case overview', 'MG5', { served: true }],
  ['f-mg6', 'MG6.pdf', 'MG form', 'MG6'],
  ['f-mg6c', 'MG6C.pdf', 'Unused material', 'MG6C', { served: true }],
  ['f-mg6d', 'MG6D.pdf', 'Unused material', 'MG6D'],
  ['f-mg6e', 'MG6E.pdf', 'Unused material', 'MG6E'],
  ['f-mg9', 'MG9.pdf', 'MG form', 'MG9'],
  ['f-mg10', 'MG10.pdf', 'MG form', 'MG10'],
  ['f-mg11', 'MG11 Lane.pdf', 'Statement', 'MG11', { served: true }],
  ['f-mg11b', 'MG11 Reed.pdf', 'Statement', 'MG11', { served: true }],
  ['f-back', 'MG11R Lane.pdf', 'MG form', 'MG11R'],
  ['f-back2', 'MG11R Reed.pdf', 'MG form', 'MG11R'],
  ['f-mg12', 'MG12.pdf', 'MG form', 'MG12', { served: true }],
  ['f-mg15', 'MG15.pdf', 'MG form', 'MG15', { served: true, about: ['s1'] }],
  ['f-mg16', 'MG16.pdf', 'Defendant pre-cons', 'MG16', { about: ['s1'] }],
  ['f-mg2', 'MG2.pdf', 'MG form', 'MG2'],
  ['f-pnc', 'PNC.pdf', 'Defendant pre-cons', 'PNC', { about: ['s1'], expires: ON }],
  ['f-dash', 'DASH.pdf', 'MG form', 'DASH'],
  ['f-vps', 'VPS.pdf', 'Statement', 'VPS'],
  ['f-ex', 'JS1.mp4', 'Exhibit', 'EXHIBIT'],
  ['f-un', 'Log.pdf', 'Unused material', 'OTHER'],
];

const file = (item: string, name: string): Draft => ({
  item,
  version: `${item}-1`,
  number: 1,
  name,
  type: name.endsWith('.mp4') ? 'video/mp4' : 'application/pdf',
  bytes: 1000,
  sha256: '0'.repeat(64),
  added: '2026-03-01T10:00:00Z',
  addedBy: 'Officer',
  found: [],
  releasedTo: [],
});

export function goodCase(stage: Stage): Draft {
  const charged = stage !== 'charging' && stage !== 'charging-threshold';
  const draft: Draft = {
    format: 'joinder case',
    version: 1,
    case: caseFields(stage, charged),
    suspects: [suspect(stage, charged)],
    offences: [offence(charged)],
    ...people(),
    statements: [
      {
        id: 't1',
        witness: 'v1',
        number: '1',
        kind: 'MG11',
        taken: '2026-02-28',
        pages: 3,
        key: true,
        signed: true,
        file: 'f-mg11',
        backSheet: 'f-back',
      },
      {
        id: 't2',
        witness: 'w1',
        number: '2',
        kind: 'MG11',
        taken: '2026-02-28',
        pages: 2,
        key: true,
        signed: true,
        file: 'f-mg11b',
        backSheet: 'f-back2',
      },
    ],
    exhibits: [
      {
        id: 'e1',
        reference: 'JS/1',
        description: 'Recording of the shop',
        media: 'video',
        producer: 'w1',
        statement: 't2',
        file: 'f-ex',
        key: true,
        viewable: true,
      },
    ],
    material: [
      {
        id: 'm1',
        description: 'Incident log of 27 February 2026',
        use: 'unused',
        sensitivity: 'non-sensitive',
        presumption: true,
        meetsTest: 'no',
        file: 'f-un',
      },
    ],
    documents: FILES.map(([id, title, group, form, more]) => ({
      id,
      title,
      group,
      form,
      marking: 'OFFICIAL',
      ...more,
    })),
    interviews: [
      {
        id: 'i1',
        suspect: 's1',
        kind: 'interview',
        form: 'ROTI',
        held: '2026-02-28',
        summary: 'No comment.',
        file: 'f-mg15',
      },
    ],
    custody: [],
    hearings: charged
      ? [
          {
            id: 'h1',
            date: '2026-03-30',
            court: 'Kendal',
            courtOu: 'B01LY00',
            kind: stage === 'trial' ? 'trial' : 'first hearing',
          },
        ]
      : [],
    pleas: [{ id: 'p1', suspect: 's1', offence: 'o1', plea: stage === 'gap' ? 'guilty' : 'not guilty' }],
    enquiries: [{ id: 'q1', description: 'CCTV of the street', points: 'away', status: 'done' }],
    summary: 'What happened, and what proves it.',
    files: FILES.map(([item, name]) => file(item, name)),
    packages: [],
    work: {
      reviews: [{ id: 'r1', stage, given: { outcome: 'signed off' } }],
      certificates: [{ id: 'c1', schedule: 'MG6C', supersededBy: null }],
      answers: {},
    },
    conflicts: [],
    newer: [],
    unread: {},
  };
  return answered(draft, stage);
}

/** The same with every question answered as it should be. */
export function answered(draft: Draft, stage: Stage): Draft {
  const questions = questionsOf(draft, stage, builtInRules(), ON);
  draft['work'].answers = Object.fromEntries(questions.map(({ key, good }) => [key, { answer: good }]));
  return draft;
}

const caseFields = (stage: Stage, charged: boolean): Draft => ({
  id: 'c',
  title: 'A case',
  urn: '01AB2345626',
  kind: charged ? 'trial' : 'charging',
  stage,
  officer: 'Sam Hill',
  officerRank: 'PC',
  officerNumber: '1234',
  officerPhone: '01632 960001',
  officerEmail: 'sam.hill@fellshire.police.uk',
  unit: 'Kendal CID',
  policeOu: '01ZD',
  supervisor: 'Kim Dale',
  supervisorComments: 'The evidence of both witnesses and the recording meets the test; no risk is left open.',
  disclosureOfficer: 'Sam Hill',
  marking: 'OFFICIAL-SENSITIVE',
  anticipatedPlea: stage === 'gap' ? 'guilty' : 'not guilty',
  caseType: 'general',
  test: stage === 'charging-threshold' ? 'threshold' : 'full code',
  charged,
  defenceUnderstanding: 'Says that he was elsewhere.',
  targetDates: 'DNA by 20 March 2026.',
  thirdParty: 'not applicable',
  hardMedia: 'provided',
  welsh: false,
});

const suspect = (stage: Stage, charged: boolean): Draft => ({
  id: 's1',
  kind: 'person',
  family: 'Marsh',
  given: 'Lee',
  born: '1990-03-01',
  gender: 'male',
  ethnicity: 'W1',
  observedEthnicity: '1',
  nationality: 'British',
  language: 'English',
  mentalHealth: 'Nothing is known.',
  postcode: 'LA9 4AA',
  pnc: '2026/0000001W',
  arrested: '2026-02-28',
  custodyStatus: stage === 'charging-threshold' ? 'in custody' : charged ? 'court bail' : 'police bail',
  bailConditions: 'Unconditional.',
  bailDate: '2026-03-20',
  precons: 'provided',
});

const offence = (charged: boolean): Draft => ({
  id: 'o1',
  code: 'TH68010',
  wording: 'Theft from a shop',
  suspects: ['s1'],
  from: '2026-02-27',
  place: 'High Street, Kendal',
  category: 'either way',
  victim: 'v1',
  arrestDate: '2026-02-28',
  factsStatement: 'On 27 February 2026 he took goods without paying.',
  ...(charged ? { chargeDate: '2026-03-01' } : {}),
});

const people = (): Draft => ({
  victims: [
    { id: 'v1', kind: 'person', family: 'Lane', given: 'Jo', vps: 'made', precons: 'none', nonAvailability: 'None.' },
  ],
  witnesses: [{ id: 'w1', kind: 'person', family: 'Reed', given: 'Al', role: 'eye', precons: 'none' }],
});
