/**
 * What the case is proved with, and what else there is: statements, exhibits, other material, and what each file is. A row
 * that stands for a file goes to another organisation with that file and never before it (crossing.ts).
 */
import type { Entity } from './field.ts';
import { choice, count, date, longText, marking, ref, refs, text, yesNo } from './field.ts';
import { FORM_CODES, GROUPS } from './forms.ts';
import { DISCLOSURE, GSCP, KNOWN, OURS, POLARIS, REASONS, SPI } from './sources.ts';

const PEOPLE = ['victims', 'witnesses'] as const;
const FILE = ['files'] as const;

export const STATEMENTS = {
  one: 'Statement',
  many: 'Statements',
  says: 'What a witness or victim says, on an MG11 or as a recorded interview. Its back sheet is a file of its own.',
  person: null,
  called: ['number', 'kind'],
  fields: [
    ref('witness', 'Of whom', PEOPLE, REASONS),
    text('number', 'Number', KNOWN, { limit: 20 }),
    choice('kind', 'Kind', ['MG11', 'ABE', 'transcript'], KNOWN),
    date('taken', 'Taken on', KNOWN),
    count('pages', 'Pages', KNOWN),
    yesNo('key', 'Essential', KNOWN),
    yesNo('signed', 'Signed', KNOWN),
    text('language', 'Language', KNOWN, { limit: 60 }),
    ref('file', 'File', FILE, OURS),
    ref('backSheet', 'Back sheet, kept apart', FILE, KNOWN, { confidential: true }),
  ],
} as const satisfies Entity;

export const EXHIBITS = {
  one: 'Exhibit',
  many: 'Exhibits',
  says: 'A thing or a record that a witness produces, by the initials of who produces it and a number.',
  person: null,
  called: ['reference', 'description'],
  fields: [
    text('reference', 'Reference', KNOWN, { limit: 40 }),
    longText('description', 'Description', KNOWN, { limit: 1000 }),
    choice('media', 'What it is', ['document', 'photograph', 'video', 'audio', 'object', 'digital'], REASONS),
    ref('producer', 'Produced by', PEOPLE, KNOWN),
    text('producedBy', 'Produced by, where not on the list', KNOWN),
    ref('statement', 'Statement that produces it', ['statements'], KNOWN),
    text('seal', 'Seal or bag number', KNOWN, { limit: 60 }),
    text('location', 'Where it is kept', KNOWN, { limit: 300 }),
    date('found', 'Found on', KNOWN),
    longText('continuity', 'Continuity', KNOWN),
    yesNo('key', 'Essential', REASONS),
    yesNo('viewable', 'Can be viewed as it is', KNOWN),
    ref('file', 'File', FILE, OURS),
  ],
} as const satisfies Entity;

export const MATERIAL = {
  one: 'Item of material',
  many: 'Other material',
  says: 'Everything else that the investigation has: unused, not yet decided, or sensitive. The schedules are made of it.',
  person: null,
  called: ['reference', 'description'],
  fields: [
    text('reference', 'Reference', DISCLOSURE, { limit: 40 }),
    longText('description', 'Description', DISCLOSURE, { limit: 2000 }),
    choice('use', 'Use', ['unused', 'used', 'not yet decided'], POLARIS),
    yesNo('relevant', 'Relevant', DISCLOSURE),
    choice('sensitivity', 'Sensitivity', ['non-sensitive', 'sensitive'], DISCLOSURE),
    longText('sensitiveReason', 'Why it is sensitive', DISCLOSURE, {
      limit: 2000,
      nature: 'opinion',
      reach: 'own',
      confidential: true,
    }),
    yesNo('presumption', 'Presumed to meet the test', KNOWN),
    choice('meetsTest', 'May undermine the case or assist the defence', ['yes', 'no', 'not known'], DISCLOSURE, {
      nature: 'opinion',
    }),
    longText('reason', 'Why it does or does not', DISCLOSURE, { limit: 2000, nature: 'opinion', confidential: true }),
    text('location', 'Where it is kept', DISCLOSURE, { limit: 300 }),
    yesNo('disclosed', 'Disclosed', DISCLOSURE),
    ref('file', 'File', FILE, OURS),
  ],
} as const satisfies Entity;

/** The id of a row is the item id of its file. */
export const DOCUMENTS = {
  one: 'Document',
  many: 'Documents',
  says: 'What a file of the case is: its group, its form, how it is marked, and whether it is served on the defence.',
  person: null,
  called: ['title', 'form'],
  fields: [
    text('title', 'Title', OURS, { limit: 300 }),
    choice('group', 'Group', GROUPS, POLARIS),
    choice('form', 'Form', FORM_CODES, POLARIS),
    choice('use', 'Use', ['used', 'unused', 'none'], POLARIS),
    marking('marking', 'Marking', GSCP),
    yesNo('served', 'Served on the defence', KNOWN),
    refs('about', 'About', ['suspects', 'victims', 'witnesses'], OURS),
    date('dated', 'Dated', OURS),
    count('pages', 'Pages', OURS),
    date('expires', 'Not to be used after', SPI),
    longText('note', 'Note', OURS, { limit: 2000 }),
  ],
} as const satisfies Entity;
