/** Of `CASES`, the rules about material: what has to be there, readable, in its form and certified. */
import type { Pair } from './changes.fixture.ts';
import {
  certified,
  set,
  all,
  empty,
  add,
  without,
  withForm,
  found,
  missing,
  blank,
  noForm,
  dated,
  abuse,
  noStatements,
} from './changes.fixture.ts';

export const MATERIAL: Readonly<Record<string, Pair>> = {
  // Case material not correctly received
  'file-not-there': { bad: (draft) => draft['files'].shift() },
  'file-not-sorted': { bad: set('documents/0/group', undefined) },
  'file-encrypted-pdf': found('encrypted pdf'),
  'file-encrypted-office': found('encrypted office'),
  'file-protected-archive': found('protected archive'),
  'file-content-differs': found('content differs from name'),
  'file-empty': { bad: set('files/0/bytes', 0), good: set('files/0/bytes', 1) },
  'file-path-too-long': found('too long a path'),
  'file-not-readable': found('not readable'),
  'mg4-missing': noForm('MG4'),
  'mg5-missing': { bad: all(without('MG5'), set('summary', ' ')), good: without('MG5') },
  'mg6-missing': noForm('MG6'),
  'mg9-missing': noForm('MG9'),
  'mg10-missing': { bad: all(without('MG10'), set('victims/0/nonAvailability', undefined)), good: without('MG10') },
  'mg2-missing': {
    bad: all(set('victims/0/specialMeasures', true), without('MG2')),
    good: set('victims/0/specialMeasures', true),
  },
  'forensic-report': {
    bad: set('witnesses/0/role', 'expert'),
    good: all(set('witnesses/0/role', 'expert'), withForm('MG22')),
  },
  'mg16-missing': noForm('MG16'),
  'mg7-missing': {
    bad: set('suspects/0/custodyStatus', 'in custody'),
    good: all(set('suspects/0/custodyStatus', 'in custody'), withForm('MG7')),
  },
  // Disclosure schedules
  'schedule-missing': { bad: all(without('MG6C'), certified()), good: all(without('MG6C'), certified('SDC')) },
  'schedule-missing-later': {
    bad: all(without('MG6C'), certified()),
    good: all(without('MG6C'), certified(), withForm('SDC')),
  },
  'schedule-full-missing': {
    bad: all(without('MG6C'), withForm('SDC'), certified('SDC')),
    good: all(without('MG6C'), certified('MG6C')),
  },
  'schedule-sensitive-missing': {
    bad: all(set('material/0/sensitivity', 'sensitive'), without('MG6D')),
    good: all(set('material/0/sensitivity', 'sensitive'), without('MG6D'), certified('MG6D')),
  },
  'disclosure-report-missing': { bad: without('MG6E'), good: all(without('MG6E'), certified('MG6E')) },
  'schedules-not-certified': {
    bad: set('work/certificates/0/supersededBy', 'c2'),
    good: set('work/certificates', [
      { id: 'c1', supersededBy: 'c2' },
      { id: 'c2', supersededBy: null },
    ]),
  },
  'material-description-missing': blank('material/0/description'),
  'material-description-short': dated('material/0/description', 'x'.repeat(19), 'x'.repeat(20)),
  'material-use-undecided': { bad: set('material/0/use', 'not yet decided') },
  'material-test-open': { bad: set('material/0/meetsTest', 'not known') },
  'material-test-reason-missing': {
    bad: set('material/0/meetsTest', 'yes'),
    good: set('material/0/meetsTest', 'yes', 'material/0/reason', 'It names another.'),
  },
  'material-meets-test-not-there': {
    bad: set('material/0/meetsTest', 'yes', 'material/0/file', undefined),
    good: set('material/0/meetsTest', 'yes'),
  },
  'material-presumed-not-there': { bad: set('material/0/file', 'gone') },
  'material-sensitive-reason': {
    bad: set('material/0/sensitivity', 'sensitive'),
    good: set('material/0/sensitivity', 'sensitive', 'material/0/sensitiveReason', 'It names a source.'),
  },
  'dmd-missing': { bad: set('case/caseType', 'fatal'), good: all(set('case/caseType', 'fatal'), withForm('DMD')) },
  // MG3 and supervisor
  'mg3-missing': { bad: without('MG3'), good: all(without('MG3'), withForm('MG3A')) },
  'supervisor-missing': missing('case/supervisor'),
  'supervisor-comments-missing': blank('case/supervisorComments'),
  'supervisor-comments-short': dated('case/supervisorComments', 'x'.repeat(39), 'x'.repeat(40)),
  'supervisor-not-signed-off': { bad: set('work/reviews/0/given/outcome', 'sent back') },
  // Domestic abuse
  'dv-checklist-missing': { bad: all(abuse, set('victims/0/riskChecklist', 'not provided')), good: abuse },
  'dv-checklist-missing-later': { bad: all(abuse, set('victims/0/riskChecklist', undefined)), good: abuse },
  'dv-checklist-not-a-file': { bad: all(abuse, without('DASH')), good: abuse },
  'dv-victim-not-marked': {
    bad: set('case/caseType', 'domestic abuse'),
    good: all(abuse, set('case/caseType', 'domestic abuse')),
  },
  // Statements
  'statements-missing': { bad: noStatements },
  'statements-missing-later': { bad: noStatements },
  'victim-statement-missing': { bad: set('statements/0/witness', 'w1') },
  'victim-statement-missing-later': { bad: set('statements/0/witness', 'w1') },
  'witness-statement-missing': { bad: set('statements/1/witness', 'v1') },
  'witness-statement-missing-later': { bad: set('statements/1/witness', 'v1') },
  'statement-file-missing': missing('statements/0/file'),
  'statement-witness-missing': { bad: set('statements/0/witness', 'gone') },
  'statement-essential-none': {
    bad: set('statements/0/key', false, 'statements/1/key', undefined),
    good: set('statements/0/key', false),
  },
  'statement-unsigned': { bad: set('statements/0/signed', false) },
  'statement-date-missing': missing('statements/0/taken'),
  'statement-transcript-missing': {
    bad: set('statements/0/kind', 'ABE'),
    good: all(set('statements/0/kind', 'ABE'), add('statements', { id: 't3', kind: 'transcript', witness: 'v1' })),
  },
  'statement-back-sheet-missing': missing('statements/0/backSheet'),
  // Exhibits
  'exhibit-file-missing': { bad: set('exhibits/0/file', 'gone') },
  'exhibit-file-missing-later': { bad: set('exhibits/0/file', undefined) },
  'exhibit-not-viewable': { bad: set('exhibits/0/viewable', false) },
  'exhibit-reference-missing': blank('exhibits/0/reference'),
  'exhibit-reference-twice': {
    bad: add('exhibits', { id: 'e2', reference: 'js 1' }),
    good: add('exhibits', { id: 'e2', reference: 'JS/2' }),
  },
  'exhibit-description-missing': missing('exhibits/0/description'),
  'exhibit-producer-missing': {
    bad: set('exhibits/0/producer', undefined),
    good: set('exhibits/0/producer', undefined, 'exhibits/0/producedBy', 'The shop'),
  },
  'exhibit-statement-missing': missing('exhibits/0/statement'),
  'exhibit-list-missing': noForm('MG12'),
  // Interviews
  'interview-missing': { bad: set('interviews/0/suspect', undefined) },
  'interview-missing-later': { bad: empty('interviews') },
  'interview-summary-missing': missing('interviews/0/summary'),
  'interview-summary-missing-later': missing('interviews/0/summary'),
  'interview-suspect-missing': { bad: set('interviews/0/suspect', 'gone') },
  'interview-record-missing': missing('interviews/0/file'),
  // Previous convictions
  'suspect-precons-missing': {
    bad: set('suspects/0/precons', 'not provided'),
    good: set('suspects/0/precons', 'none'),
  },
  'suspect-precons-missing-later': missing('suspects/0/precons'),
  'suspect-precons-not-a-file': { bad: without('PNC', 'MG16'), good: without('MG16') },
  'victim-precons-missing': {
    bad: set('victims/0/precons', 'not provided'),
    good: set('victims/0/precons', 'not applicable'),
  },
  'victim-precons-missing-later': missing('victims/0/precons'),
  'witness-precons-missing': {
    bad: set('witnesses/0/precons', undefined),
    good: set('witnesses/0/precons', 'provided'),
  },
  'witness-precons-missing-later': missing('witnesses/0/precons'),
  // Hard media and third parties
  'hard-media-unsaid': missing('case/hardMedia'),
  'hard-media-missing': { bad: set('case/hardMedia', 'not provided'), good: set('case/hardMedia', 'none') },
  'hard-media-missing-later': { bad: set('case/hardMedia', 'not provided'), good: set('case/hardMedia', 'none') },
  'third-party-unsaid': missing('case/thirdParty'),
  'third-party-missing': { bad: set('case/thirdParty', 'no'), good: set('case/thirdParty', 'yes') },
  'third-party-missing-later': { bad: set('case/thirdParty', 'no'), good: set('case/thirdParty', 'yes') },
  // The officer in the case
  'officer-missing': blank('case/officer'),
  'officer-number-missing': missing('case/officerNumber'),
  'officer-phone-missing': missing('case/officerPhone'),
  'officer-phone-form': dated('case/officerPhone', 'ask the desk', '+44 1632 960001'),
  'officer-email-missing': missing('case/officerEmail'),
  'officer-email-form': dated('case/officerEmail', 'sam.hill at fellshire', 'a@b'),
  'officer-unit-missing': missing('case/unit'),
  'officer-rank-missing': missing('case/officerRank'),
};
