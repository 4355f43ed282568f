/** Offences: what is alleged, against whom, when and where. */
import type { Entity } from './field.ts';
import { choice, date, longText, ref, refs, text, time } from './field.ts';
import { CJS_FORM } from './numbers.ts';
import { DCF, KNOWN, NFS, SPI, SPI_SIMPLE } from './sources.ts';

const PARTNER = { reach: 'partner' } as const;

export const OFFENCES = {
  one: 'Offence',
  many: 'Offences',
  says: 'What somebody is suspected of or charged with.',
  person: null,
  called: ['wording', 'code'],
  fields: [
    text('code', 'CJS code', SPI_SIMPLE, { limit: 8, form: CJS_FORM, ...PARTNER }),
    longText('wording', 'Offence', SPI, { limit: 2500, ...PARTNER }),
    date('from', 'On, or from', SPI, PARTNER),
    date('to', 'To', SPI, PARTNER),
    text('place', 'Place', SPI, { limit: 500, ...PARTNER }),
    time('fromTime', 'At', SPI),
    refs('suspects', 'Against whom it is alleged', ['suspects'], SPI),
    ref('victim', 'Victim', ['victims'], DCF),
    choice('category', 'Category', ['summary', 'either way', 'indictable only'], KNOWN),
    date('arrestDate', 'Arrested on', SPI),
    date('chargeDate', 'Charged on', SPI),
    date('laidDate', 'Laid on', SPI),
    date('allocationDate', 'Allocation decided on', KNOWN),
    date('limitationDate', 'To be laid by', NFS),
    longText('factsStatement', 'Statement of facts', SPI),
    longText('factsStatementWelsh', 'Statement of facts, in Welsh', SPI),
    longText('aggravating', 'What makes it worse', KNOWN, { limit: 2000, nature: 'opinion' }),
  ],
} as const satisfies Entity;
