/** The course of a case: interviews, custody and bail, hearings, pleas, and the lines of enquiry. */
import type { Entity } from './field.ts';
import { choice, date, longText, ref, text, time, yesNo } from './field.ts';
import { COURT_FORM } from './numbers.ts';
import { CTL, DCF, KNOWN, NFS, REASONS, SPI } from './sources.ts';

const SUSPECT = ['suspects'] as const;

export const INTERVIEWS = {
  one: 'Interview',
  many: 'Interviews',
  says: 'An interview of a suspect, or that there was none; its summary is what the prosecutor reads first.',
  person: null,
  called: ['form', 'kind'],
  fields: [
    ref('suspect', 'Of whom', SUSPECT, REASONS),
    choice('kind', 'Kind', ['interview', 'DV', 'not interviewed'], DCF),
    date('held', 'Held on', DCF),
    choice('form', 'Form', ['SDN', 'ROTI', 'ROVI', 'CNOI'], KNOWN),
    longText('summary', 'Summary', REASONS, { limit: 20_000 }),
    text('solicitor', 'Solicitor', DCF, { limit: 300 }),
    ref('file', 'File', ['files'], REASONS),
  ],
} as const satisfies Entity;

export const CUSTODY = {
  one: 'Period of custody or bail',
  many: 'Custody and bail',
  says: 'A time for which a suspect was held or bailed, by whose authority. Time limits are computed from it.',
  person: null,
  called: ['kind'],
  fields: [
    ref('suspect', 'Who', SUSPECT, CTL),
    choice('kind', 'Kind', ['police custody', 'police bail', 'court custody', 'court bail'], CTL),
    date('from', 'From', CTL),
    time('fromTime', 'From, at', KNOWN),
    date('to', 'To', CTL),
    choice('court', 'Court', ['magistrates', 'Crown Court'], CTL),
    text('authority', 'By whose authority', KNOWN, { limit: 300 }),
    longText('conditions', 'Conditions', SPI, { limit: 2000 }),
    date('until', 'Until, as ordered', KNOWN),
    yesNo('voluntaryBill', 'Under a voluntary bill', KNOWN),
  ],
} as const satisfies Entity;

export const HEARINGS = {
  one: 'Hearing',
  many: 'Hearings',
  says: 'A day in court.',
  person: null,
  called: ['kind', 'court'],
  fields: [
    date('date', 'Date', SPI),
    time('time', 'Time', SPI),
    text('court', 'Court', SPI, { limit: 200 }),
    text('courtOu', 'OU code of the court', SPI, { limit: 7 }),
    choice('kind', 'Kind', ['first hearing', 'PTPH', 'trial', 'sentence', 'other'], SPI),
    text('courtReference', 'Court case reference', SPI, { limit: 20, form: COURT_FORM }),
    longText('outcome', 'Outcome', SPI, { limit: 2000 }),
    longText('attendees', 'Who is to attend', KNOWN, { limit: 2000 }),
  ],
} as const satisfies Entity;

export const PLEAS = {
  one: 'Plea',
  many: 'Pleas',
  says: 'What a defendant answers to an offence.',
  person: null,
  called: ['plea'],
  fields: [
    ref('suspect', 'Who', SUSPECT, SPI),
    ref('offence', 'To which offence', ['offences'], SPI),
    choice('plea', 'Plea', ['guilty', 'not guilty', 'no plea', 'mixed'], SPI),
    date('date', 'On', SPI),
  ],
} as const satisfies Entity;

export const ENQUIRIES = {
  one: 'Line of enquiry',
  many: 'Lines of enquiry',
  says: 'A reasonable line of enquiry, wherever it points, and what became of it.',
  person: null,
  called: ['description'],
  fields: [
    longText('description', 'Line of enquiry', NFS, { limit: 2000 }),
    choice('points', 'Points', ['towards', 'away', 'both'], NFS),
    choice('status', 'Status', ['done', 'outstanding', 'not pursued'], NFS),
    longText('reason', 'Why it was not pursued', NFS, { limit: 2000, nature: 'opinion', confidential: true }),
    date('due', 'Due', NFS),
  ],
} as const satisfies Entity;
