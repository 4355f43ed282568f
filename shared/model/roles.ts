/**
 * What an organisation, and the holder of a post, may be in a case. A directory says which roles a post has, and on which side an
 * organisation is; words that a later
 * version knows are kept there and give nothing here.
 */
export const ROLES = [
  'officer',
  'supervisor',
  'disclosure officer',
  'file builder',
  'prosecutor',
  'prosecution manager',
  'paralegal',
  'records manager',
  'administrator',
  'auditor',
  /** May open a case in an emergency (`shared/seal/area/emergency.ts`). */
  'emergency access',
  /** Two of these together bring back keys that were lost (`shared/seal/custodians.ts`). */
  'custodian',
] as const;
export type Role = (typeof ROLES)[number];

export const isRole = (word: string): word is Role => (ROLES as readonly string[]).includes(word);

export const SIDES = ['police', 'prosecution'] as const;
export type Side = (typeof SIDES)[number];

export const isSide = (word: string): word is Side => (SIDES as readonly string[]).includes(word);
