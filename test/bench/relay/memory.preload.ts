/**
 * Loaded into a relay that is measured, before it: at SIGUSR2 it collects garbage and says on stderr what it then holds, in
 * bytes: the heap, and what lies outside of it.
 */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;
process.on('SIGUSR2', () => {
  collect();
  setImmediate(() => {
    collect(); // what was freed by the first lets go of more
    const { heapUsed, external } = process.memoryUsage();
    process.stderr.write(`${JSON.stringify({ held: { heapUsed, external } })}\n`);
  });
});
