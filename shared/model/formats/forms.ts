/**
 * The catalogue of forms that a file is made of, and the prosecutor's groups into which it is sorted. Names are those of
 * policing guides and of the document types of the CPS; how each is used is general knowledge and not verified.
 */
import type { Source } from './sources.ts';
import { KNOWN, POLARIS } from './sources.ts';

/** The groups in which a prosecutor sees incoming material. Source: CPS casework application. */
export const GROUPS = [
  'Case overview',
  'MG form',
  'Statement',
  'Exhibit',
  'Unused material',
  'Defendant pre-cons',
  'Court preparation',
  'Communication',
  'Other',
] as const;
export type Group = (typeof GROUPS)[number];

/** Whether a form goes to the defence: `confidential` never; `depends`: as a person decides, item by item. */
export type Service = 'served' | 'confidential' | 'depends';

export interface CaseForm extends Source {
  readonly code: string;
  readonly name: string;
  readonly group: Group;
  readonly served: Service;
  readonly note: string | null;
}

const form = <const C extends string>(
  code: C,
  name: string,
  group: Group,
  served: Service,
  note: string | null = null,
  source: Source = KNOWN,
): CaseForm & { readonly code: C } => ({ code, name, group, served, note, ...source });

export const FORMS = [
  form('MG1', 'File front sheet', 'Case overview', 'confidential', 'Not sent any more with the Digital Case File.'),
  form('MG2', 'Special measures assessment', 'MG form', 'confidential'),
  form('MG3', 'Report to the prosecutor for a charging decision', 'Case overview', 'confidential'),
  form('MG3A', 'Further report to the prosecutor for a charging decision', 'Case overview', 'confidential'),
  form('MG4', 'Charges', 'MG form', 'served'),
  form('MG4A', 'Bail: grant or variation', 'MG form', 'served'),
  form('MG4B', 'Request to vary police bail', 'MG form', 'depends'),
  form('MG4C', 'Surety', 'MG form', 'depends'),
  form('MG4D', 'Postal requisition, youth', 'MG form', 'served'),
  form('MG4E', 'Postal requisition, adult', 'MG form', 'served'),
  form('MG4F', 'Letter that no further action is taken', 'MG form', 'served'),
  form('MG5', 'Police report: the case summary', 'Case overview', 'served', 'Served at the first hearing.'),
  form('MG6', 'Case file information', 'MG form', 'confidential', 'From police to prosecutor; not disclosable.'),
  form('MG6A', 'Record of pre-interview briefing', 'MG form', 'depends'),
  form('MG6B', 'Misconduct record of an officer', 'MG form', 'confidential'),
  form('MG6C', 'Schedule of non-sensitive unused material', 'Unused material', 'served'),
  form(
    'MG6D',
    'Schedule of sensitive unused material',
    'Unused material',
    'confidential',
    'Must never reach the defence.',
  ),
  form(
    'MG6E',
    'Disclosure officer\u2019s report',
    'Unused material',
    'confidential',
    'With the disclosure officer\u2019s certificate.',
  ),
  form('MG7', 'Remand application', 'Court preparation', 'served'),
  form('MG8', 'Breach of bail', 'Court preparation', 'served'),
  form('MG9', 'Witness list', 'MG form', 'confidential', 'Holds how to reach witnesses.'),
  form('MG10', 'Witness non-availability', 'MG form', 'confidential'),
  form('MG11', 'Witness statement', 'Statement', 'served', 'Criminal Justice Act 1967, s.9. Without its back sheet.'),
  form(
    'MG11R',
    'Back sheet of a witness statement',
    'MG form',
    'confidential',
    'Holds the address: kept apart from the page that is served.',
  ),
  form('MG12', 'Exhibit list', 'MG form', 'served'),
  form('MG13', 'Application for an order on conviction', 'Court preparation', 'served'),
  form('MG14', 'Conditional caution', 'MG form', 'served'),
  form('MG15', 'Record of interview', 'MG form', 'served', 'SDN, ROTI, ROVI or CNOI.'),
  form('MG16', 'Bad character and dangerous offenders', 'Defendant pre-cons', 'confidential'),
  form('MG17', 'Proceeds of crime review', 'MG form', 'confidential'),
  form('MG18', 'Offences to be taken into consideration', 'MG form', 'served'),
  form('MG19', 'Compensation claim', 'MG form', 'depends', 'May hold an address.'),
  form(
    'MG20',
    'Further evidence or information report',
    'Communication',
    'confidential',
    'The covering sheet of anything that is sent later.',
  ),
  form('MG21', 'Submission for forensic examination', 'MG form', 'confidential'),
  form('MG21A', 'Further submission for forensic examination', 'MG form', 'confidential'),
  form('MG22', 'Streamlined forensic report (SFR)', 'Exhibit', 'served'),
  form('MGDD', 'Drink and drug driving forms', 'MG form', 'served'),
  form('MGFSS', 'Forensic report form', 'Exhibit', 'depends'),
  form('SDC', 'Streamlined disclosure certificate', 'Unused material', 'served'),
  form('DMD', 'Disclosure management document', 'Unused material', 'served'),
  form('IMD', 'Investigation management document', 'Unused material', 'depends'),
  form('PCN', 'PCN1 to PCN3, as the CPS lists them', 'MG form', 'confidential', null, POLARIS),
  form('PE', 'PE1 to PE4, as the CPS lists them', 'Communication', 'confidential', null, POLARIS),
  form('PNC', 'Print of previous convictions', 'Defendant pre-cons', 'confidential'),
  form('DASH', 'Domestic abuse risk checklist', 'MG form', 'confidential'),
  form('VPS', 'Victim personal statement', 'Statement', 'depends'),
  form('ABE', 'Recorded interview of a witness, or its transcript', 'Statement', 'depends'),
  form('EXHIBIT', 'Exhibit: photograph, film, record or other', 'Exhibit', 'served'),
  form('OTHER', 'Any other document', 'Other', 'depends'),
] as const satisfies readonly CaseForm[];

export type FormCode = (typeof FORMS)[number]['code'];
export const FORM_CODES = FORMS.map((each) => each.code);

const BY_CODE: ReadonlyMap<string, CaseForm> = new Map(FORMS.map((each) => [each.code, each]));

/** The form of a code; null for one that this version does not know. */
export const formOf = (code: string | undefined): CaseForm | null => BY_CODE.get(code ?? '') ?? null;
