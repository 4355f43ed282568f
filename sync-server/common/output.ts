/**
 * What the servers' commands print: one JSON value on one line of stdout. Everything meant for people goes to stderr, so
 * that a script can read stdout without guessing.
 */
export const jsonLine = (value: unknown): void => {
  process.stdout.write(`${JSON.stringify(value)}\n`);
};

/** A sentence for people, on stderr. */
export const sayToPeople = (sentence: string): void => {
  process.stderr.write(`${sentence}\n`);
};
