/** The example's case, people and offence: a theft of tools from a workshop by somebody who used to work there. */
import type { CaseValues, Row } from '../../formats/index.ts';
import { checkLetter } from '../../formats/numbers.ts';
import type { Story } from './story.ts';
import { ID, OFFICER, SUPERVISOR, day } from './story.ts';

const KINDS = {
  charging: 'charging',
  'charging-threshold': 'charging',
  gap: 'first hearing',
  ngap: 'first hearing',
  upgrade: 'trial',
  trial: 'trial',
} as const;

export function caseOf(story: Story): { readonly id: string } & CaseValues {
  const { stage, charged } = story;
  return {
    id: ID.case,
    title: 'R v Harlan',
    urn: '99NM4172526',
    kind: KINDS[stage],
    stage,
    marking: 'OFFICIAL-SENSITIVE',
    caseType: 'general',
    test: stage === 'charging-threshold' ? 'threshold' : 'full code',
    charged,
    anticipatedPlea: stage === 'gap' ? 'guilty' : 'not guilty',
    officer: OFFICER,
    officerRank: 'Detective Constable',
    officerNumber: '4127',
    officerPhone: '01632 960417',
    officerEmail: 'amira.doyle@northmoor.example',
    unit: 'Kelder CID',
    policeOu: '99NM000',
    supervisor: SUPERVISOR,
    disclosureOfficer: OFFICER,
    supervisorComments:
      'The film and the neighbour place the suspect at the workshop, and three of the tools were in his van. The evidence ' +
      'meets the test. There is no risk to the witnesses beyond the address list, which is on the back sheets alone. ' +
      'What is still to come is listed with its dates.',
    defenceUnderstanding:
      'He says that the owner gave him the tools in place of wages. She denies it; no record of it was found.',
    enquiriesNotPursued: 'House-to-house beyond the yard: the workshop stands alone, and nobody else overlooks it.',
    digitalDevices:
      'One telephone of the suspect, examined because he offered tools for sale by message. Searched for the names of the ' +
      'tools and of the owner in the two weeks after the theft. Nothing was returned without being examined.',
    targetDates: `Fingerprint comparison of the toolbox: ${day(story, 10)}. Transcript of the 999 call: ${day(story, 6)}.`,
    safeguarding: 'None needed: the suspect no longer works there and has not been back.',
    thirdParty: 'yes',
    hardMedia: 'none',
    welsh: false,
  };
}

function custodyOf(story: Story): Partial<Row<'suspects'>> {
  if (story.stage === 'charging-threshold') return { custodyStatus: 'in custody', arrested: story.on };
  const conditions = 'Not to go to Kelder Yard. Not to contact Ruth Pell or Idris Vaughan in any way.';
  const bail = { arrested: day(story, -40), bailConditions: conditions };
  return story.charged
    ? { ...bail, custodyStatus: 'court bail' }
    : { ...bail, custodyStatus: 'police bail', bailDate: day(story, 21) };
}

export const suspectsOf = (story: Story): readonly Row<'suspects'>[] => [
  {
    id: ID.suspect,
    kind: 'person',
    family: 'Harlan',
    given: 'Daniel',
    born: '1991-04-17',
    gender: 'male',
    ethnicity: 'W1',
    observedEthnicity: '1',
    nationality: 'British',
    language: 'English',
    interpreter: false,
    needs: 'None.',
    mentalHealth: 'None that he or the custody nurse named.',
    occupation: 'Joiner',
    address: '14 Tannery Row, Kelder',
    postcode: 'NM1 4QX',
    pnc: `2014/0384716${checkLetter('140384716')}`,
    cro: `384716/14${checkLetter('14384716')}`,
    youth: false,
    solicitor: 'Orla Finch, Finch and Lowe',
    precons: 'provided',
    ...custodyOf(story),
  },
];

export const offencesOf = (story: Story): readonly Row<'offences'>[] => [
  {
    id: ID.offence,
    code: 'TH68001',
    wording:
      `Between ${day(story, -46)} and ${day(story, -45)} at Kelder Yard stole tools to the value of \u00a38,940 belonging to ` +
      'Pell and Sons Joinery Limited, contrary to sections 1(1) and 7 of the Theft Act 1968.',
    from: day(story, -46),
    to: day(story, -45),
    fromTime: '22:10',
    place: 'Workshop 3, Kelder Yard, Kelder',
    suspects: [ID.suspect],
    victim: ID.business,
    category: 'either way',
    arrestDate: story.stage === 'charging-threshold' ? story.on : day(story, -40),
    ...(story.charged && { chargeDate: day(story, -12), laidDate: day(story, -12) }),
    factsStatement:
      'The defendant had worked at the workshop until a month before. At night he opened it with a key that he had kept, and ' +
      'loaded hand and power tools into his van. A neighbour saw the van; a camera filmed it. Three tools were in it when he ' +
      'was arrested.',
    aggravating: 'A breach of the trust of a former employer; planned.',
  },
];

export const victimsOf = (): readonly Row<'victims'>[] => [
  {
    id: ID.business,
    kind: 'organisation',
    name: 'Pell and Sons Joinery Limited',
    contact: 'Through Ruth Pell: 01632 960220.',
    vps: 'offered',
    domesticAbuse: false,
    riskChecklist: 'not applicable',
    precons: 'not applicable',
    specialMeasures: false,
  },
];

export const witnessesOf = (story: Story): readonly Row<'witnesses'>[] => [
  {
    id: ID.owner,
    kind: 'person',
    family: 'Pell',
    given: 'Ruth',
    role: 'eye',
    born: '1968-09-02',
    contact: '2 Mill Rise, Kelder. 01632 960220.',
    specialMeasures: false,
    precons: 'none',
    nonAvailability: `${day(story, 120)} to ${day(story, 134)}: abroad.`,
  },
  {
    id: ID.neighbour,
    kind: 'person',
    family: 'Vaughan',
    given: 'Idris',
    role: 'eye',
    born: '1983-01-29',
    contact: 'Gate Cottage, Kelder Yard. 01632 960365.',
    specialMeasures: false,
    precons: 'none',
    nonAvailability: 'None known.',
  },
  {
    id: ID.officer,
    kind: 'person',
    family: 'Doyle',
    given: 'Amira',
    role: 'police',
    contact: 'Kelder CID. 01632 960417.',
    specialMeasures: false,
    precons: 'not applicable',
    nonAvailability: 'None known.',
  },
];
