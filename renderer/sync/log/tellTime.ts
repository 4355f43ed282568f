/**
 * Tells the vault what the relay has signed last, which is no later than now: it holds this computer's clock against it. On
 * line that is also its cue to ask the authority for the next lease: when the link has opened, and now and then while it is open.
 */
import type { VaultCalls } from '../../../shared/ipc/vault.ts';
import type { Millis } from '../../../shared/primitives/units.ts';
import { MINUTE } from '../../../shared/primitives/units.ts';
import type { Link } from './link.ts';
import type { Log } from './log.ts';

export interface TellTimeContext {
  readonly platform: { now(): Millis };
  readonly vault: Pick<VaultCalls, 'sawTime'>;
  readonly log: Pick<Log, 'all'>;
  readonly link: Pick<Link, 'open'>;
}

const AGAIN: Millis = 10 * MINUTE;

/** Answers what to call at every look. */
export function tellTime({ platform, vault, log, link }: TellTimeContext): () => void {
  let last: { readonly open: boolean; readonly at: Millis } | null = null;
  return () => {
    const now = platform.now();
    if (last !== null && last.open === link.open && Math.abs(now - last.at) < AGAIN) return;
    last = { open: link.open, at: now };
    const seen = Math.max(0, ...log.all().map(({ row }) => row.time));
    void vault.sawTime(seen, link.open).catch(() => undefined); // a vault that is closing already
  };
}
