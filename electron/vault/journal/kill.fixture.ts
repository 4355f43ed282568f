/**
 * For the test of SIGKILL: writes to the journal in the folder named, several commits at once, for ever; prints each
 * entry's first bytes after it was answered. Ends by being killed.
 */
import { toHex } from '../../../shared/primitives/bytes.ts';
import { area, makeWriter } from './drafts.fixture.ts';
import { openJournal } from './journal.ts';

const folder = process.argv[2] ?? '';
const writer = await makeWriter();
const opened = await openJournal(folder, writer.author, true, 20_000);
if (!opened.ok) throw new Error(opened.cause);
const journal = opened.value;
const areas = Array.from({ length: 5 }, area);

async function writeOn(where: (typeof areas)[number]): Promise<void> {
  for (;;) {
    const answer = await journal.commit([await writer.draft(where, 300), await writer.draft(where, 300)]);
    if (!answer.ok) throw new Error(answer.cause);
    process.stdout.write(`${answer.value.map(toHex).join(' ')}\n`);
  }
}
await Promise.all(areas.map(writeOn));
