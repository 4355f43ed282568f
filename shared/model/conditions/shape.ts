/**
 * Owns what a path in a condition may name: the lists of a case, their fields, and which field refers to rows of which
 * list. A path that is not here is a fault of the rule, found when rules are loaded and not when a case is judged.
 */

/** What stands at a field. `open`: a list of the work, whose rows may hold anything. */
export type Kind = 'text' | 'date' | 'time' | 'yes-no' | 'number' | 'texts' | 'open' | Refs;
export interface Refs {
  readonly to: readonly string[];
  readonly many: boolean;
}
export type Row = Readonly<Record<string, Kind>>;

const ref = (...to: string[]): Refs => ({ to, many: false });
const refs = (...to: string[]): Refs => ({ to, many: true });
const fields = (kind: Kind, ...keys: string[]): Row => Object.fromEntries(keys.map((key) => [key, kind]));
const texts = (...keys: string[]): Row => fields('text', ...keys);
const dates = (...keys: string[]): Row => fields('date', ...keys);
const yesNo = (...keys: string[]): Row => fields('yes-no', ...keys);

const NAMES = texts('id', 'kind', 'name', 'family', 'given');
const WITNESS = { ...NAMES, ...dates('born'), ...texts('contact', 'needs', 'precons', 'nonAvailability', 'role') };

/** The case itself: one row. */
export const CASE_ROW: Row = {
  ...texts('id', 'title', 'urn', 'kind', 'stage', 'officer', 'officerRank', 'officerNumber', 'officerPhone'),
  ...texts('officerEmail', 'supervisor', 'unit', 'policeOu', 'disclosureOfficer', 'marking', 'anticipatedPlea'),
  ...texts('caseType', 'test', 'safeguarding', 'defenceUnderstanding', 'supervisorComments', 'enquiriesNotPursued'),
  ...texts('digitalDevices', 'targetDates', 'thirdParty', 'hardMedia', 'agreement'),
  ...yesNo('charged', 'welsh'),
  ...dates('sentDate'),
};

/** Every list of a case by name. Rows of `files` are named by `item`, all others by `id`. */
export const LIST_ROWS: Readonly<Record<string, Row>> = {
  suspects: {
    ...NAMES,
    ...texts('aliases', 'gender', 'ethnicity', 'observedEthnicity', 'nationality', 'language', 'needs', 'occupation'),
    ...texts('address', 'postcode', 'driverNumber', 'pnc', 'cro', 'asn', 'guardian', 'custodyStatus', 'bailConditions'),
    ...texts('precons', 'solicitor', 'mentalHealth'),
    ...dates('born', 'arrested', 'bailDate'),
    ...yesNo('interpreter', 'youth'),
  },
  offences: {
    ...texts('id', 'code', 'wording', 'place', 'category', 'factsStatement', 'factsStatementWelsh', 'aggravating'),
    ...dates('from', 'to', 'arrestDate', 'chargeDate', 'laidDate', 'allocationDate', 'limitationDate'),
    fromTime: 'time',
    suspects: refs('suspects'),
    victim: ref('victims'),
  },
  victims: { ...WITNESS, ...texts('vps', 'riskChecklist'), ...yesNo('specialMeasures', 'domesticAbuse') },
  witnesses: { ...WITNESS, ...yesNo('specialMeasures') },
  statements: {
    ...texts('id', 'number', 'language', 'kind'),
    ...dates('taken'),
    ...yesNo('key', 'signed'),
    pages: 'number',
    witness: ref('victims', 'witnesses'),
    backSheet: ref('files'),
    file: ref('files'),
  },
  exhibits: {
    ...texts('id', 'reference', 'description', 'producedBy', 'seal', 'location', 'media', 'continuity'),
    ...dates('found'),
    ...yesNo('key', 'viewable'),
    producer: ref('witnesses', 'victims'),
    statement: ref('statements'),
    file: ref('files'),
  },
  material: {
    ...texts(
      'id',
      'description',
      'reference',
      'use',
      'sensitivity',
      'sensitiveReason',
      'meetsTest',
      'reason',
      'location',
    ),
    ...yesNo('presumption', 'disclosed', 'relevant'),
    file: ref('files'),
  },
  documents: {
    ...texts('group', 'form', 'title', 'use', 'marking', 'note'),
    // A document is what a file is, and bears its id.
    id: ref('files'),
    ...dates('dated', 'expires'),
    ...yesNo('served'),
    pages: 'number',
    about: refs('suspects', 'witnesses', 'victims'),
  },
  interviews: {
    ...texts('id', 'kind', 'form', 'summary', 'solicitor'),
    ...dates('held'),
    suspect: ref('suspects'),
    file: ref('files'),
  },
  custody: {
    ...texts('id', 'kind', 'court', 'authority', 'conditions'),
    ...dates('from', 'to', 'until'),
    ...yesNo('voluntaryBill'),
    fromTime: 'time',
    suspect: ref('suspects'),
  },
  hearings: {
    ...texts('id', 'court', 'courtOu', 'kind', 'courtReference', 'outcome', 'attendees'),
    ...dates('date'),
    time: 'time',
  },
  pleas: { ...texts('id', 'plea'), ...dates('date'), suspect: ref('suspects'), offence: ref('offences') },
  enquiries: { ...texts('id', 'description', 'points', 'status', 'reason'), ...dates('due') },
  files: {
    ...texts('item', 'version', 'name', 'type', 'sha256', 'addedBy'),
    ...dates('added'),
    ...fields('number', 'number', 'bytes'),
    ...fields('texts', 'found', 'releasedTo'),
  },
  packages: {
    ...texts('id', 'to', 'purpose', 'urgency', 'state'),
    ...dates('released'),
    ...fields('texts', 'files', 'reasons'),
  },
  conflicts: { path: 'text', values: 'texts' },
};

/** What a path may begin with besides a list and a name that the condition itself gives: single values. */
export const ROOT_VALUES: Row = { on: 'date', stage: 'text', summary: 'text', newer: 'texts' };

export const isRefs = (kind: Kind): kind is Refs => typeof kind === 'object';
