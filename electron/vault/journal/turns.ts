/** Runs asynchronous steps one after another, in the order asked for; a step that fails does not hold up the next. */
export type InTurn = <T>(step: () => Promise<T>) => Promise<T>;

export function turns(): InTurn {
  let last: Promise<unknown> = Promise.resolve();
  return (step) => {
    const run = last.then(step);
    last = run.catch(() => undefined); // whoever asked hears of it
    return run;
  };
}
