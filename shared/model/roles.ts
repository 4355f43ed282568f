/**
 * What the holder of a post may be in a case. An organisation's directory says which roles a post has; words that a later
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
] as const;
export type Role = (typeof ROLES)[number];

export const isRole = (word: string): word is Role => (ROLES as readonly string[]).includes(word);
