/** Waiting for what will come, with a limit that names what did not. Only the fault harness waits by looking. */
export async function until(what: string, look: () => boolean | Promise<boolean>, limit = 90_000): Promise<void> {
  const end = Date.now() + limit;
  while (!(await look())) {
    if (Date.now() > end) throw new Error(`not seen in ${limit / 1000} s: ${what}`);
    await pause(10);
  }
}

/** Until it is seen or so much time has passed: how long a fault lasts. */
export async function upTo(time: number, look: () => boolean): Promise<void> {
  const end = Date.now() + time;
  while (Date.now() < end && !look()) await pause(10);
}

export const pause = (time: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, time));
