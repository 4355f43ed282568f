/**
 * How good a passphrase is, as a hint while it is typed. Judges length first, since that is what helps; knows the habits
 * that make a long one weak. Never stores or sends what it looks at.
 */
export interface Strength {
  readonly enough: boolean;
  readonly level: 0 | 1 | 2 | 3;
  readonly sentence: string;
}

const SHORTEST = 10;
const HABITS = /^(?:password|passw0rd|letmein|qwerty|welcome|police|joinder|123456)|(?:19|20)\d\d[!.]?$/i;

export function strengthOf(passphrase: string): Strength {
  const { length } = Array.from(passphrase);
  const words = passphrase
    .trim()
    .split(/\s+/)
    .filter((word) => word.length > 2).length;
  const different = new Set(passphrase.toLowerCase()).size;
  if (length === 0)
    return { enough: false, level: 0, sentence: 'Four or more unrelated words are strong and easy to keep in mind.' };
  if (length < SHORTEST)
    return { enough: false, level: 0, sentence: `Too short: ${SHORTEST} characters at least, better four words.` };
  if (different < 5) return { enough: false, level: 0, sentence: 'Too few different characters.' };
  if (HABITS.test(passphrase) && length < 20)
    return { enough: true, level: 1, sentence: 'Weak: it begins or ends as many do. Add unrelated words.' };
  if (words >= 4 || length >= 24) return { enough: true, level: 3, sentence: 'Strong.' };
  if (words >= 3 || length >= 16) return { enough: true, level: 2, sentence: 'Good. One more word makes it strong.' };
  return { enough: true, level: 1, sentence: 'Weak: longer is better than odder. Add a word or two.' };
}
