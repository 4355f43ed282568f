/** The order of files in a list: by name as a person reads it, 2 before 10, whatever order they came in. */
const names = new Intl.Collator('en-GB', { numeric: true });

/** Compares by name; versions of one name stay in the order they had. */
export const byName = (a: { readonly name: string }, b: { readonly name: string }): number =>
  names.compare(a.name, b.name);
