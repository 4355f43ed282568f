/** Of `CASES`, the rules about facts: what has to be said, fit together, and not be served. */
import type { Pair } from './changes.fixture.ts';
import {
  set,
  all,
  empty,
  add,
  documentOf,
  missing,
  blank,
  noForm,
  DAY_BEFORE,
  DAY_AFTER,
  dated,
  onBail,
  summary,
} from './changes.fixture.ts';
import { ON } from './goodCase.fixture.ts';

export const FACTS: Readonly<Record<string, Pair>> = {
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
