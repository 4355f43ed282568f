/**
 * The fields of the case itself. Scalars that describe the whole; what there may be several of is a list.
 */
import { CASE_KINDS } from '../events.ts';
import type { Entity } from './field.ts';
import { choice, date, longText, marking, ref, text, urn, yesNo } from './field.ts';
import { CPS_FLOW, DCF, DISCLOSURE, GSCP, KNOWN, NFS, OURS, REASONS, SPI, URN_RULE } from './sources.ts';
import { STAGES } from './stages.ts';

const PARTNER = { reach: 'partner' } as const;

export const CASE = {
  one: 'Case',
  many: 'Cases',
  says: 'A dossier about what is alleged, from the first note to its end.',
  person: null,
  called: ['title'],
  fields: [
    text('title', 'Title', OURS, { limit: 300, ...PARTNER }),
    urn('urn', 'URN', URN_RULE, PARTNER),
    choice('kind', 'Kind', CASE_KINDS, OURS, PARTNER),
    text('officer', 'Officer in the case', SPI, PARTNER),
    marking('marking', 'Marking', GSCP, PARTNER),
    choice('stage', 'Stage', STAGES, KNOWN),
    choice(
      'caseType',
      'Type of case',
      ['general', 'domestic abuse', 'rape and serious sexual offences', 'hate crime', 'youth', 'fatal', 'other'],
      CPS_FLOW,
    ),
    choice('test', 'Test', ['full code', 'threshold'], KNOWN),
    yesNo('charged', 'Charged', SPI),
    date('sentDate', 'Sent to the Crown Court on', SPI),
    choice('anticipatedPlea', 'Anticipated plea', ['guilty', 'not guilty', 'not known'], DCF),
    text('officerRank', 'Rank of the officer', REASONS, { limit: 60 }),
    text('officerNumber', 'Collar number of the officer', REASONS, { limit: 20 }),
    text('officerPhone', 'Telephone of the officer', REASONS, { limit: 30, confidential: true }),
    text('officerEmail', 'E-mail of the officer', REASONS, { limit: 254, confidential: true }),
    text('unit', 'Unit', SPI),
    text('policeOu', 'OU code of the police unit', SPI, { limit: 7 }),
    text('supervisor', 'Supervisor', REASONS),
    text('disclosureOfficer', 'Disclosure officer', DISCLOSURE),
    longText('supervisorComments', 'Supervisor\u2019s comments', REASONS, { nature: 'opinion', confidential: true }),
    longText('defenceUnderstanding', 'Officer\u2019s understanding of the defence case', NFS, {
      nature: 'opinion',
      confidential: true,
    }),
    longText('enquiriesNotPursued', 'Lines of enquiry not pursued, and why', NFS, { confidential: true }),
    longText('digitalDevices', 'Digital devices: why, which words and dates, what was not examined', NFS, {
      confidential: true,
    }),
    longText('targetDates', 'Target dates of outstanding forensic, medical and audio-visual work', NFS, {
      confidential: true,
    }),
    longText('safeguarding', 'Safeguarding', DCF, { confidential: true }),
    choice('thirdParty', 'Third-party material', ['yes', 'no', 'not applicable'], REASONS),
    choice('hardMedia', 'Hard media', ['provided', 'not provided', 'none'], REASONS),
    yesNo('welsh', 'Welsh is used', SPI),
    ref('agreement', 'Sharing agreement', ['agreements'], OURS, { reach: 'partner' }),
  ],
} as const satisfies Entity;
