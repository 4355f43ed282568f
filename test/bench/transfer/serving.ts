/** A measured process's end of its line to the benchmark: answers calls by name, one at a time or several. */
type Call = (...args: never[]) => Promise<unknown>;

export function serve(calls: Readonly<Record<string, Call>>): void {
  process.on('message', (message) => {
    const { n, name, args } = message as { n: number; name: string; args: never[] };
    const call = calls[name];
    if (call === undefined) throw new Error(`there is no call ${name}`);
    call(...args).then(
      (value) => process.send?.({ n, value }),
      (error: unknown) => process.send?.({ n, error: error instanceof Error ? error.message : 'unknown' }),
    );
  });
}
