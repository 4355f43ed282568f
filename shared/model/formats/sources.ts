/**
 * What the tables of formats rest on. A source that is not verified may advise and never refuses: screens and documents
 * say "not verified" beside what comes from it. Nobody quotes it to a user as law.
 */
export interface Source {
  readonly source: string;
  /** Whether somebody read it in the source named, rather than knowing it in general. */
  readonly verified: boolean;
}

const from = (source: string): Source => ({ source, verified: true });
const unverified = (source: string): Source => ({ source, verified: false });

export const OURS = from('our own choice');
export const SPI = from('HMCTS standard prosecutor interface, complex types');
export const SPI_SIMPLE = from('HMCTS standard prosecutor interface, simple types');
export const URN_RULE = from(
  'CPS validation of URNs: two digits, two letters or digits, seven digits; M or S; a part number',
);
export const GSCP = from('Government Security Classifications Policy, July 2023');
export const DCF = from('Digital Case File data requirements 1.0, 2014');
export const POLARIS = from('CPS casework application: document types and groups');
export const REASONS = from('CPS: reasons recorded where a file does not meet the National File Standard');
export const NFS = from('National File Standard, headings as solicitors\u2019 guides give them');
export const CPS_FLOW = from('CPS: design history of priority charging decisions');
export const CTL = from('CPS guidance on custody time limits');
export const DISCLOSURE = unverified('Code of Practice under the CPIA 1996, as generally known');
export const CJS_HUB = from('criminaljusticehub.org.uk, data standards of the criminal justice exchange');
export const CJS_CATALOGUE = from('CJS data standards catalogue 6, as programs of HMPPS check it');
export const KNOWN = unverified('general knowledge of the field');
