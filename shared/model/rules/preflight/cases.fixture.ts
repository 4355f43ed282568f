/**
 * For each rule of Joinder's own that a machine judges, how the good case is changed so that the rule just fails, and,
 * where the good case is not already at the boundary, so that it just passes. Paths are those of the draft: list, index,
 * field; `undefined` takes away.
 */
import type { Draft } from './goodCase.fixture.ts';
import { ON } from './goodCase.fixture.ts';

type Change = (draft: Draft) => void;
interface Pair {
  readonly bad: Change;
  /** Where the good case as it is does not show the boundary. */
  readonly good?: Change;
  /** Where the finding is to be, if that is not where the first row of the rule's list is. */
  readonly at?: string;
}

/** Only these schedules are certified; each beside one of another form that was superseded. */
const certified = (...forms: readonly string[]): Change =>
  set('work/certificates', [
    ...['MG6C', 'MG6D', 'MG6E', 'SDC'].map((schedule, n) => ({ id: `old${n}`, schedule, supersededBy: 'later' })),
    ...forms.map((schedule, n) => ({ id: `c${n}`, schedule, supersededBy: null })),
  ]);

/** Sets values by path: `set('suspects/0/born', undefined)`. */
const set =
  (...pairs: readonly unknown[]): Change =>
  (draft) => {
    for (let i = 0; i < pairs.length; i += 2) {
      const keys = String(pairs[i]).split('/');
      const last = keys.pop() ?? '';
      let at: Draft = draft;
      for (const key of keys) at = at[key];
      if (pairs[i + 1] === undefined) delete at[last];
      else at[last] = pairs[i + 1];
    }
  };
const all =
  (...changes: readonly Change[]): Change =>
  (draft) =>
    changes.forEach((change) => change(draft));
const empty = (list: string): Change => set(list, []);
const add =
  (list: string, ...rows: readonly Draft[]): Change =>
  (draft) =>
    draft[list].push(...rows);
/** Takes the documents of these forms away, with their files. */
const without =
  (...forms: readonly string[]): Change =>
  (draft) => {
    const gone = new Set(
      draft['documents'].filter((each: Draft) => forms.includes(each['form'])).map((each: Draft) => each['id']),
    );
    for (const [list, key] of [
      ['documents', 'id'],
      ['files', 'item'],
    ] as const)
      draft[list] = draft[list].filter((each: Draft) => !gone.has(each[key]));
  };
/** A further document with its file. */
const withForm =
  (form: string, more: Draft = {}): Change =>
  (draft) => {
    draft['documents'].push({ id: `f-${form}`, title: form, group: 'MG form', form, ...more });
    draft['files'].push({ item: `f-${form}`, name: `${form}.pdf`, bytes: 1, found: [] });
  };
const documentOf =
  (form: string, more: Draft): Change =>
  (draft) =>
    Object.assign(
      draft['documents'].find((each: Draft) => each['form'] === form),
      more,
    );
const found = (code: string): Pair => ({
  bad: set('files/0/found', [code]),
  good: set('files/0/found', ['something else']),
});
const missing = (path: string): Pair => ({ bad: set(path, undefined) });
const blank = (path: string): Pair => ({ bad: set(path, '   ') });
const noForm = (...forms: readonly string[]): Pair => ({ bad: without(...forms) });

const DAY_BEFORE = '2026-03-01';
const DAY_AFTER = '2026-03-03';
const dated = (path: string, bad: string, good: string): Pair => ({ bad: set(path, bad), good: set(path, good) });
const onBail = set('suspects/0/custodyStatus', 'police bail');
const summary = set('offences/0/category', 'summary', 'offences/0/limitationDate', ON);
const abuse = set(
  'victims/0/domesticAbuse',
  true,
  'victims/0/riskChecklist',
  'provided',
  'case/safeguarding',
  'Kept apart.',
);
const noStatements = all(empty('statements'), set('exhibits/0/statement', undefined));

export const CASES: Readonly<Record<string, Pair>> = {
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
  // Insufficient information
  'urn-missing': missing('case/urn'),
  'suspects-missing': { bad: empty('suspects') },
  'offences-missing': { bad: empty('offences') },
  'offence-suspect-missing': { bad: set('offences/0/suspects', ['gone']) },
  'offence-wording-missing': missing('offences/0/wording'),
  'suspect-not-alleged': { bad: set('offences/0/suspects', []) },
  'summary-missing': blank('summary'),
  'mental-health-unsaid': missing('suspects/0/mentalHealth'),
  'language-unsaid': missing('suspects/0/language'),
  'interpreter-unsaid': {
    bad: set('suspects/0/language', 'Polish'),
    good: set('suspects/0/language', 'Polish', 'suspects/0/interpreter', false),
  },
  'arrest-unsaid': {
    bad: set('suspects/0/arrested', undefined),
    good: set('suspects/0/arrested', undefined, 'suspects/0/custodyStatus', 'summons'),
  },
  'defence-case-unsaid': missing('case/defenceUnderstanding'),
  'limitation-unsaid': { bad: all(summary, set('offences/0/limitationDate', undefined)), good: summary },
  'enquiries-missing': { bad: empty('enquiries') },
  'enquiry-status-missing': missing('enquiries/0/status'),
  'enquiry-reason-missing': {
    bad: set('enquiries/0/status', 'not pursued'),
    good: set('enquiries/0/status', 'not pursued', 'enquiries/0/reason', 'No camera there.'),
  },
  'enquiry-date-missing': {
    bad: set('enquiries/0/status', 'outstanding'),
    good: set('enquiries/0/status', 'outstanding', 'enquiries/0/due', DAY_AFTER),
  },
  'digital-devices-unsaid': {
    bad: set('exhibits/0/media', 'digital'),
    good: set('exhibits/0/media', 'digital', 'case/digitalDevices', 'One telephone.'),
  },
  'threshold-evidence-unsaid': {
    bad: set('case/targetDates', undefined),
    good: set('case/targetDates', undefined, 'enquiries/0/status', 'outstanding', 'enquiries/0/due', DAY_AFTER),
  },
  'test-differs': { bad: set('case/test', 'threshold'), good: set('case/test', undefined) },
  'test-differs-threshold': { bad: set('case/test', 'full code'), good: set('case/test', undefined) },
  'vps-unsaid': { bad: set('victims/0/vps', 'not offered'), good: set('victims/0/vps', 'declined') },
  'vps-not-a-file': noForm('VPS'),
  'safeguarding-unsaid': {
    bad: set('case/caseType', 'youth'),
    good: set('case/caseType', 'youth', 'case/safeguarding', 'With the parents.'),
  },
  'guardian-unsaid': {
    bad: set('suspects/0/youth', true),
    good: set('suspects/0/youth', true, 'suspects/0/guardian', 'The mother'),
  },
  'plea-not-anticipated': { bad: set('case/anticipatedPlea', 'not known') },
  'plea-differs-guilty': { bad: set('case/anticipatedPlea', 'not guilty') },
  'plea-not-guilty-none': { bad: set('pleas/0/plea', 'guilty'), good: set('pleas/0/plea', 'mixed') },
  'trial-not-listed': { bad: set('hearings/0/kind', 'PTPH') },
  // Custody status
  'custody-status-unsaid': missing('suspects/0/custodyStatus'),
  'custody-status-threshold': {
    bad: set('suspects/0/custodyStatus', 'police bail'),
    good: set('suspects/0/custodyStatus', 'remanded'),
  },
  'custody-status-bail-date': { bad: all(onBail, set('suspects/0/bailDate', undefined)), good: onBail },
  'custody-status-bail-over': {
    bad: all(onBail, set('suspects/0/bailDate', DAY_BEFORE)),
    good: all(onBail, set('suspects/0/bailDate', ON)),
  },

  // Case validation
  'offence-code-missing': missing('offences/0/code'),
  'offence-code-form': dated('offences/0/code', 'TH6801', 'TH68010A'),
  'offence-code-unknown': {
    bad: set('offences/0/code', 'TH68999', 'tables', 'offenceCodes'),
    good: set('tables', 'offenceCodes'),
  },
  'offence-code-generic': dated('offences/0/code', 'XX00000', 'TH68010'),
  'offence-not-in-effect': {
    bad: set('offences/0/code', 'SX56001', 'offences/0/from', '2004-05-01'),
    good: set('offences/0/code', 'SX56001', 'offences/0/from', '2004-04-30'),
  },
  'offence-date-missing': missing('offences/0/from'),
  'offence-date-order': dated('offences/0/to', '2026-02-26', '2026-02-27'),
  'offence-date-in-future': dated('offences/0/from', DAY_AFTER, ON),
  'offence-out-of-time': {
    bad: set('offences/0/chargeDate', DAY_BEFORE, 'offences/0/limitationDate', '2026-02-28'),
    good: set('offences/0/chargeDate', DAY_BEFORE, 'offences/0/limitationDate', DAY_BEFORE),
  },
  'offence-out-of-time-summary': {
    bad: set('offences/0/chargeDate', DAY_BEFORE, 'offences/0/category', 'summary', 'offences/0/from', '2025-08-31'),
    good: set('offences/0/chargeDate', DAY_BEFORE, 'offences/0/category', 'summary', 'offences/0/from', '2025-09-01'),
  },
  'offence-location-missing': missing('offences/0/place'),
  'hearing-before-offence': {
    bad: set('hearings', [{ id: 'h1', date: '2026-02-26', outcome: 'Adjourned.' }]),
    good: set('hearings', [{ id: 'h1', date: '2026-02-27', outcome: 'Adjourned.' }]),
  },
  'hearing-in-past': {
    bad: set('hearings', [{ id: 'h1', date: DAY_BEFORE }]),
    good: set('hearings', [{ id: 'h1', date: ON }]),
  },
  'charge-date-in-future': dated('offences/0/chargeDate', DAY_AFTER, ON),
  'charge-before-offence': dated('offences/0/chargeDate', '2026-02-26', '2026-02-27'),
  'arrest-date-in-future': dated('offences/0/arrestDate', DAY_AFTER, ON),
  'suspect-arrest-in-future': dated('suspects/0/arrested', DAY_AFTER, ON),
  'laid-date-in-future': dated('offences/0/laidDate', DAY_AFTER, ON),
  'birth-date-missing': missing('suspects/0/born'),
  'birth-date-in-future': dated('suspects/0/born', DAY_AFTER, ON),
  'defendant-duplicate': {
    bad: add('suspects', { id: 's2', family: 'MARSH', given: 'lee' }),
    good: add('suspects', { id: 's2', family: 'MARSH', given: 'lee', born: '1990-03-02' }),
  },
  'prosecution-duplicate': {
    bad: add('offences', {
      id: 'o2',
      code: 'TH68010',
      wording: 'theft from a SHOP',
      from: '2026-02-27',
      suspects: ['s1'],
    }),
    good: all(
      add('offences', {
        id: 'o2',
        code: 'TH68010',
        wording: 'Theft from a shop',
        from: '2026-02-27',
        suspects: ['s2'],
      }),
      add('suspects', { id: 's2' }),
    ),
  },
  'custody-status-unread': {
    bad: set('unread/suspects~s1~custodyStatus', 'away'),
    good: set('unread/suspects~s2~custodyStatus', 'away'),
  },
  'custody-status-organisation': {
    bad: set('suspects/0/kind', 'organisation'),
    good: set('suspects/0/kind', 'organisation', 'suspects/0/custodyStatus', 'summons'),
  },
  'custody-status-charged': { bad: set('suspects/0/custodyStatus', 'released under investigation') },
  'custody-status-not-charged': { bad: set('suspects/0/custodyStatus', 'remanded') },
  'bail-conditions-missing': {
    bad: set('suspects/0/custodyStatus', 'police bail', 'suspects/0/bailConditions', undefined),
    good: set('suspects/0/custodyStatus', 'police bail'),
  },
  'pnc-form': dated('suspects/0/pnc', '2026/0000001X', '26/1W'),
  'cro-form': dated('suspects/0/cro', '123456', 'SF39/12345A'),
  'postcode-form': dated('suspects/0/postcode', 'LA9', 'la9 4aa'),
  'nationality-unknown': dated('suspects/0/nationality', 'Cumbrian', 'gbr'),
  'ethnicity-unknown': dated('suspects/0/ethnicity', 'W7', 'Not stated'),
  'ethnicity-observed-unknown': dated('suspects/0/observedEthnicity', '7', '6'),
  'facts-statement-missing': missing('offences/0/factsStatement'),
  'facts-statement-welsh-missing': {
    bad: set('case/welsh', true),
    good: set('case/welsh', true, 'offences/0/factsStatementWelsh', 'Ar 27 Chwefror 2026.'),
  },
  'court-ou-missing': missing('hearings/0/courtOu'),
  'court-ou-form': {
    bad: set('hearings', [{ id: 'h1', date: ON, courtOu: 'Kendal' }]),
    good: set('hearings', [{ id: 'h1', date: ON, courtOu: 'B01LY' }]),
  },
  'court-ou-not-listed': {
    bad: set('hearings', [{ id: 'h1', date: ON, courtOu: 'B02LY' }], 'tables', 'courtOus'),
    good: set('hearings', [{ id: 'h1', date: ON, courtOu: 'B01LY' }], 'tables', 'courtOus'),
  },
  'police-ou-missing': missing('case/policeOu'),
  'police-ou-form': dated('case/policeOu', 'Kendal', '01ZD00'),
  'police-ou-not-listed': {
    bad: set('case/policeOu', '02ZD', 'tables', 'policeOus'),
    good: set('tables', 'policeOus'),
  },
  'file-type-not-accepted': dated('files/0/name', 'Note.odt', 'Note.DOCX'),
  'file-type-recording': { bad: set('exhibits/0/viewable', false), at: 'files/f-ex' },
  'document-type-missing': missing('documents/0/form'),
  'document-type-unread': {
    bad: set('unread/documents~f-mg3~form', 'MG99'),
    good: set('unread/documents~f-mg4~title', 7),
  },
  'material-expired': { bad: documentOf('PNC', { expires: DAY_BEFORE }), at: 'documents/f-pnc/expires' },
  'defendant-id-missing': { bad: documentOf('PNC', { about: ['v1'] }), at: 'documents/f-pnc/about' },

  // Prohibited
  'case-marked-secret': dated('case/marking', 'Top Secret', 'OFFICIAL-SENSITIVE'),
  'case-marking-missing': missing('case/marking'),
  'case-marking-unread': { bad: set('unread/case~marking', 'RESTRICTED') },
  'document-marked-secret': { bad: set('documents/0/marking', 'SECRET'), good: set('documents/0/marking', undefined) },
  'document-marking-unread': { bad: set('unread/documents~f-mg3~marking', 'SECRET') },
  'document-called-secret': dated('documents/0/title', 'Note (SECRET)', 'Secretary'),
  'file-called-secret': dated('files/0/name', 'top secret.pdf', 'secretary.pdf'),
  'sensitive-material-served': {
    bad: all(set('material/0/sensitivity', 'sensitive'), documentOf('OTHER', { served: true })),
    good: set('material/0/sensitivity', 'sensitive'),
  },
  'sensitive-material-disclosed': {
    bad: set('material/0/sensitivity', 'sensitive', 'material/0/disclosed', true),
    good: set('material/0/sensitivity', 'sensitive', 'material/0/disclosed', false),
  },
  'back-sheet-served': { bad: documentOf('MG11R', { served: true }) },
  'back-sheet-not-apart': { bad: set('statements/0/backSheet', 'f-mg11') },
  'confidential-form-served': {
    bad: documentOf('MG6D', { served: true }),
    at: 'documents/f-mg6d/served',
  },
  'internal-form-served': { bad: documentOf('MG9', { served: true }), at: 'documents/f-mg9/served' },
};
