/**
 * What links cost the relay: `npm run bench -- links [--only idle|stalled|catch-up] [--links 10000] [--areas 1000] [--seconds 60] [--rate 1000]
 * [--json FILE]`. Ten thousand that say nothing; one of fifty that reads nothing while the others write; one device that comes
 * back to a thousand areas on its one link, beside a thousand connections of y-websocket.
 */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { measureCatchUp } from './relay/catchUp.ts';
import { measureIdle } from './relay/idle.ts';
import { measureStalled } from './relay/stalled.ts';

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    links: { type: 'string', default: '10000' },
    areas: { type: 'string', default: '1000' },
    seconds: { type: 'string', default: '60' },
    rate: { type: 'string', default: '1000' },
    json: { type: 'string' },
  },
});
const seconds = Number(values.seconds);
const benches: Readonly<Record<string, () => Promise<Readonly<Record<string, unknown>>>>> = {
  idle: () => measureIdle(Number(values.links), seconds),
  stalled: () => measureStalled(seconds, Number(values.rate)),
  'catch-up': () => measureCatchUp(Number(values.areas), 20),
};

const figures: Record<string, unknown> = {};
for (const [name, run] of Object.entries(benches)) {
  if (values.only !== undefined && values.only !== name) continue;
  console.log(`${name}: ${JSON.stringify((figures[name] = await run()))}`);
}
if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(figures, null, 2)}\n`);
