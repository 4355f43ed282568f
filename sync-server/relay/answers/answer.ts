/**
 * Every request of an open link, and the verb that answers it. A declined request gets its word and changes nothing.
 */
import { assertNever } from '../../../shared/primitives/result.ts';
import type { ToRelay } from '../../../shared/wire/link.ts';
import { takeAppend } from '../order/append.ts';
import { entitlement } from '../order/areas.ts';
import type { Relay } from '../context.ts';
import { frameOf } from '../links/frame.ts';
import type { OpenLink } from '../links/links.ts';
import { endLate, giveLate } from '../late/late.ts';
import { mayRead } from '../rights.ts';
import { dispose, disposedOf } from './dispose.ts';
import { erase } from './erase.ts';
import { addBoxes, giveBoxes } from './boxes.ts';
import { pull } from './pull.ts';
import { refer } from './refer.ts';
import { giveCustody } from './custody.ts';
import { giveStatements } from './statements.ts';
import { unsend } from './unsend.ts';
import { withdraw } from './withdraw.ts';
import { giveWords } from './words.ts';

export async function answer(relay: Relay, link: OpenLink, message: ToRelay): Promise<void> {
  switch (message.t) {
    case 'hello':
    case 'auth':
      return link.refuse('malformed'); // a link opens once
    case 'append':
      return append(relay, link, message);
    case 'pull':
      return pull(relay, link, message);
    case 'boxes':
      return giveBoxes(relay, link, message);
    case 'add boxes':
      return finish(link, message.q, await addBoxes(relay, link, message));
    case 'withdraw':
      return finish(link, message.q, await withdraw(relay, link, message));
    case 'refer':
      return finish(link, message.q, await refer(relay, link, message));
    case 'custody':
      return giveCustody(relay, link, message);
    case 'dispose':
      return dispose(relay, link, message);
    case 'disposals':
      return link.tell({ t: 'disposed', q: message.q, areas: await disposedOf(relay, link, message.areas) });
    case 'erase':
      return finish(link, message.q, await erase(relay, link, message));
    case 'unsend':
      return finish(link, message.q, await unsend(relay, link, message));
    case 'late':
      return giveLate(relay, link, message.q);
    case 'late done':
      return finish(link, message.q, await endLate(relay, link, message));
    case 'statements':
      return giveStatements(relay, link, message);
    case 'words':
      return giveWords(relay, link, message);
    case 'presence':
      return passPresence(relay, link, message);
    case 'watch':
      link.watching = new Set(message.areas);
      return;
    case 'ping':
      return link.tell({ t: 'pong', q: message.q, time: relay.platform.now() });
    default:
      return assertNever(message);
  }
}

/** Not waited for as a rule: what follows an append can share its commit. */
async function append(relay: Relay, link: OpenLink, message: Extract<ToRelay, { t: 'append' }>): Promise<void> {
  const bytes = message.entry.length;
  const { unjudged } = relay.shares;
  unjudged.begin(link, bytes);
  const judged = takeAppend(relay, link, message).finally(() => unjudged.end(link, bytes));
  if (unjudged.isMuch(link)) await judged;
  const wait = relay.shares.pace(link, performance.now());
  if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
}

function finish(link: OpenLink, q: number, cause: Awaited<ReturnType<typeof refer>>): void {
  link.tell(cause === null ? { t: 'done', q } : { t: 'declined', q, cause });
}

/** Passed on to those who watch the area and may read it; never kept. */
function passPresence(relay: Relay, link: OpenLink, { area: id, frame }: Extract<ToRelay, { t: 'presence' }>): void {
  const area = relay.areas.find(id);
  const reads = (one: Pick<OpenLink, 'org' | 'device'>): boolean => {
    const directory = relay.directories.state(one.org);
    return area !== null && directory !== null && mayRead(entitlement(area), directory, one.device);
  };
  if (!reads(link)) return;
  const ready = frameOf({ t: 'presence', area: id, frame });
  for (const other of relay.links.all())
    if (other.token !== link.token && other.watching.has(id) && reads(other)) other.pass(ready);
}
