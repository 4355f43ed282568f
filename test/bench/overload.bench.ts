/**
 * The relay at twice the load that it can carry: `npm run bench -- overload [--seconds 20] [--times 2] [--json FILE]`. What it
 * carries is found out first, on this machine; then the delay of devices within their limits, alone and beside the load.
 */
import { writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { measureOverload } from './relay/overload.ts';

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '20' },
    times: { type: 'string', default: '2' },
    json: { type: 'string' },
  },
});
const figures = await measureOverload(Number(values.seconds), Number(values.times));
console.log(JSON.stringify(figures, null, 2));
console.log(
  `load average ${loadavg()
    .map((one) => one.toFixed(1))
    .join(', ')}`,
);
if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(figures, null, 2)}\n`);
