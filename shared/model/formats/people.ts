/**
 * People and organisations of a case, by category: suspects, victims and witnesses are lists of their own, never one
 * (Data Protection Act 2018, s.38). Addresses and ways to reach somebody are confidential: no document that is served
 * takes them from here.
 */
import type { Entity } from './field.ts';
import { choice, date, longText, text, yesNo } from './field.ts';
import { ASN_FORM, CRO_FORM, PNC_FORM, POSTCODE_FORM } from './numbers.ts';
import { DCF, KNOWN, NFS, REASONS, SPI, SPI_SIMPLE } from './sources.ts';

const PARTNER = { reach: 'partner' } as const;
const CONFIDENTIAL = { confidential: true } as const;

const NAMES = [
  choice('kind', 'Person or organisation', ['person', 'organisation'], SPI, PARTNER),
  text('name', 'Name', SPI, { limit: 300, ...PARTNER }),
  text('family', 'Family name', SPI, { limit: 150, ...PARTNER }),
  text('given', 'Given names', SPI, { limit: 150, ...PARTNER }),
] as const;

const CALLED = ['family', 'name', 'given'] as const;

export const SUSPECTS = {
  one: 'Suspect',
  many: 'Suspects',
  says: 'A person or organisation that is suspected, or charged: then the defendant.',
  person: 'suspect',
  called: CALLED,
  fields: [
    ...NAMES,
    date('born', 'Date of birth', SPI, PARTNER),
    text('pnc', 'PNC ID', SPI_SIMPLE, { limit: 13, form: PNC_FORM, ...PARTNER }),
    text('cro', 'CRO number', SPI_SIMPLE, { limit: 12, form: CRO_FORM, ...PARTNER }),
    text('asn', 'Arrest/summons number', KNOWN, { limit: 30, form: ASN_FORM, ...PARTNER }),
    text('aliases', 'Also known as', SPI, { limit: 500 }),
    choice('gender', 'Gender', ['male', 'female', 'not known', 'not specified'], SPI),
    text('ethnicity', 'Ethnicity, self-defined', SPI, { limit: 60, ...CONFIDENTIAL }),
    text('observedEthnicity', 'Ethnicity, observed', SPI, { limit: 60, nature: 'opinion', ...CONFIDENTIAL }),
    text('nationality', 'Nationality', SPI, { limit: 60 }),
    text('language', 'Language', SPI, { limit: 60 }),
    yesNo('interpreter', 'Interpreter needed', SPI),
    longText('needs', 'Special needs', SPI, { limit: 1000, ...CONFIDENTIAL }),
    longText('mentalHealth', 'Mental health', NFS, { limit: 2000, ...CONFIDENTIAL }),
    text('occupation', 'Occupation', SPI),
    longText('address', 'Address', SPI, { limit: 500 }),
    text('postcode', 'Postcode', SPI_SIMPLE, { limit: 10, form: POSTCODE_FORM }),
    text('driverNumber', 'Driver number', SPI, { limit: 20 }),
    yesNo('youth', 'Under 18', KNOWN),
    text('guardian', 'Parent or guardian', SPI, { limit: 300 }),
    text('solicitor', 'Solicitor', DCF, { limit: 300 }),
    date('arrested', 'Date of arrest', SPI),
    choice(
      'custodyStatus',
      'Custody or bail',
      ['in custody', 'police bail', 'released under investigation', 'summons', 'court bail', 'remanded', 'none'],
      SPI,
    ),
    longText('bailConditions', 'Bail conditions', SPI, { limit: 2000 }),
    date('bailDate', 'Bail to return on', DCF),
    choice('precons', 'Previous convictions', ['provided', 'none', 'not provided'], REASONS, CONFIDENTIAL),
  ],
} as const satisfies Entity;

const PRECONS = choice(
  'precons',
  'Previous convictions',
  ['provided', 'none', 'not provided', 'not applicable'],
  REASONS,
  CONFIDENTIAL,
);
/** What goes on the MG9 and on the back sheet of an MG11. */
const CONTACT = longText('contact', 'How to reach them (MG9, MG11 back sheet)', KNOWN, {
  limit: 1000,
  ...CONFIDENTIAL,
});
const NON_AVAILABILITY = longText('nonAvailability', 'Dates not available (MG10)', KNOWN, {
  limit: 1000,
  ...CONFIDENTIAL,
});

export const VICTIMS = {
  one: 'Victim',
  many: 'Victims',
  says: 'A person or organisation that the offence was committed against.',
  person: 'victim',
  called: CALLED,
  fields: [
    ...NAMES,
    date('born', 'Date of birth', SPI, CONFIDENTIAL),
    CONTACT,
    longText('needs', 'Special needs', SPI, { limit: 1000, ...CONFIDENTIAL }),
    yesNo('specialMeasures', 'Special measures are asked for (MG2)', KNOWN, CONFIDENTIAL),
    choice('vps', 'Victim personal statement', ['made', 'offered', 'declined', 'not offered'], KNOWN),
    yesNo('domesticAbuse', 'Domestic abuse', REASONS),
    choice(
      'riskChecklist',
      'Domestic abuse risk checklist (DASH)',
      ['provided', 'not provided', 'not applicable'],
      REASONS,
      CONFIDENTIAL,
    ),
    PRECONS,
    NON_AVAILABILITY,
  ],
} as const satisfies Entity;

export const WITNESSES = {
  one: 'Witness',
  many: 'Witnesses',
  says: 'A person who saw, heard or found something, or who gives an expert\u2019s or a character\u2019s evidence.',
  person: 'witness',
  called: CALLED,
  fields: [
    ...NAMES,
    choice('role', 'Kind of witness', ['eye', 'character', 'expert', 'police', 'professional', 'other'], DCF),
    date('born', 'Date of birth', SPI, CONFIDENTIAL),
    CONTACT,
    longText('needs', 'Special needs', SPI, { limit: 1000, ...CONFIDENTIAL }),
    yesNo('specialMeasures', 'Special measures are asked for (MG2)', KNOWN, CONFIDENTIAL),
    PRECONS,
    NON_AVAILABILITY,
  ],
} as const satisfies Entity;
