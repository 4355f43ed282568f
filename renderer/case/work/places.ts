/**
 * Where on the screen a place of the record is.
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
};

export const sectionOf = (path: string): Section => SECTION[path.split('/')[0] ?? ''] ?? 'overview';
