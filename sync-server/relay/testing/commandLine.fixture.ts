/**
 * The relay's command line within this process, for tests of many commands: what it said, and the exit code that it would
 * have ended with. `runRelay` starts a process for each instead.
 */
import { runCommandLine } from '../../common/options.ts';
import { makeProgram } from '../cli/program.ts';

export interface Said {
  readonly code: number;
  readonly out: string;
  readonly err: string;
  /** stdout as JSON. */
  json<T = Record<string, unknown>>(): T;
}

/** Takes what is written to a stream meanwhile. */
function listen(stream: NodeJS.WriteStream): { said: () => string; end: () => void } {
  let said = '';
  const write = stream.write.bind(stream);
  stream.write = (text: string | Uint8Array) => {
    said += String(text);
    return true;
  };
  return { said: () => said, end: () => void (stream.write = write) };
}

export async function runHere(...args: string[]): Promise<Said> {
  const [out, err] = [listen(process.stdout), listen(process.stderr)];
  const before = process.exitCode;
  process.exitCode = 0;
  try {
    await runCommandLine(makeProgram(), ['node', 'relay', ...args]);
    return {
      code: process.exitCode,
      out: out.said(),
      err: err.said(),
      json: <T>() => JSON.parse(out.said()) as T,
    };
  } finally {
    process.exitCode = before;
    out.end();
    err.end();
  }
}
