/**
 * Where on the screen a place of the case is.
 */
import type { Section } from '../../state/sections.ts';

const SECTION: Readonly<Record<string, Section>> = {
  suspects: 'people',
  offences: 'people',
  victims: 'people',
  witnesses: 'people',
  statements: 'statements',
  exhibits: 'exhibits',
  material: 'material',
  documents: 'documents',
  files: 'documents',
  interviews: 'hearings',
  custody: 'hearings',
  hearings: 'hearings',
  pleas: 'hearings',
  enquiries: 'hearings',
  case: 'file',
  agreement: 'agreement',
};

/** What is done to the case, by the part in which it is done. */
const WORK: Readonly<Record<string, Section>> = {
  reviews: 'review',
  certificates: 'review',
  decisions: 'review',
  actions: 'actions',
};

export function sectionOf(path: string): Section {
  const [list = '', second = ''] = path.split('/');
  return (list === 'work' ? WORK[second] : SECTION[list]) ?? 'overview';
}
