/**
 * The lease of this computer: its authority's word that it may work on, and the latest time that was seen, kept in the vault.
 * Promises that only the authority's signature makes it longer, and that a clock which is set back never does: the time that
 * was seen only rises, but where the authority answers an ask made just now. Deletes nothing, locks nothing: `profile.ts` does.
 */
import type { Key, Platform } from '../../shared/primitives/platform.ts';
import { importVerifyKey } from '../../shared/primitives/platform.ts';
import type { Result } from '../../shared/primitives/result.ts';
import { fail } from '../../shared/primitives/result.ts';
import type { Millis } from '../../shared/primitives/units.ts';
import { DAY, HOUR, MINUTE } from '../../shared/primitives/units.ts';
import { decodeCard } from '../../shared/seal/directory/card.ts';
import type { Lease, SignedLease } from '../../shared/seal/devices/lease.ts';
import { decodeLeaseFile, readLease } from '../../shared/seal/devices/lease.ts';
import type { LeaseVerdict } from '../../shared/status/lease.ts';
import { judgeLease, timeAtLeast } from '../../shared/status/lease.ts';
import { askAsDevice } from '../../shared/wire/deviceAsk.ts';
import type { EnrolCause, Fetch } from '../../shared/wire/enrolClient.ts';
import type { DiskCause } from '../disk/causes.ts';
import type { OpenVault } from './vault.ts';

/** For how long a profile works that has never had a lease: one enrolled before there were any, or a moment ago. */
const UNTIL_FIRST: Millis = 14 * DAY;
/** A lease is asked for again after this, while the computer is on line. */
const ASK_AFTER: Millis = 6 * HOUR;
const FIRST_PAUSE: Millis = MINUTE;
const LONGEST_PAUSE: Millis = HOUR;
/** The time that was seen is written down this often. */
const NOTE_EVERY: Millis = 10 * MINUTE;

export interface LeasePlace {
  readonly platform: Platform;
  readonly vault: OpenVault;
  /** The device's signing key. */
  readonly key: Key;
  readonly fetch: Fetch;
  /** Counts milliseconds, whatever the clock does. */
  readonly counter: () => Millis;
}

export interface LeaseKeeper {
  verdict(): LeaseVerdict;
  /** When the authority signed the lease in force; null: it has signed none yet. */
  issued(): Millis | null;
  /** What the authority answered in place of a lease: it has shut this computer out. Null: it has not said so. */
  shutOut(): { readonly forgets: boolean } | null;
  /** Asks the authority, through the relay. */
  renew(): Promise<Result<null, EnrolCause | 'declined' | DiskCause>>;
  /** The same, if it is time to, and not too soon after one that failed. */
  renewIfDue(): Promise<void>;
  /** Takes a lease that an administrator handed out, if it is the authority's, for this computer, and not over. */
  takeFile(text: string): Promise<Result<null, 'lease file' | DiskCause>>;
  /** A signed time was met: no clock may say less from now on. */
  saw(time: Millis): void;
  /** Writes the latest time down: at once, or where that was not done for a while. */
  note(isAtOnce: boolean): Promise<void>;
}

export async function openLease(at: LeasePlace): Promise<LeaseKeeper> {
  const { platform, vault, counter } = at;
  const { org, device, relay, card: cardText } = vault.contents();
  const card = decodeCard(cardText);
  const authorityKey = card.ok ? await importVerifyKey(platform, card.value.signKey) : null;
  const read = async (signed: SignedLease | null): Promise<Lease | null> => {
    if (signed === null || authorityKey === null) return null;
    const said = await readLease(platform, authorityKey, signed);
    return said.ok && said.value.org === org && said.value.devices.includes(device) ? said.value : null;
  };

  const kept = vault.contents().clock;
  const begun = kept.begun > 0 ? kept.begun : platform.now();
  let lease = await read(vault.contents().lease);
  let [mark, markedAt] = [Math.max(kept.mark, begun), counter()];
  let notedAt = Number.NEGATIVE_INFINITY;
  let provenAt: Millis | null = null;
  let failures = 0;
  let out: { readonly forgets: boolean } | null = null;
  let again = Number.NEGATIVE_INFINITY;

  const facts = () => ({ mark, ran: counter() - markedAt, now: platform.now() });
  const move = (time: Millis): void => {
    mark = time;
    markedAt = counter();
  };
  const write = async (signed: SignedLease | null): Promise<Result<null, DiskCause>> => {
    notedAt = counter();
    return vault.change((c) => ({ ...c, lease: signed ?? c.lease, clock: { begun, mark } }));
  };

  async function renew(): Promise<Result<null, EnrolCause | 'declined' | DiskCause>> {
    const ask = { relay, cardText, device, signKey: at.key, platform, fetch: at.fetch };
    const answer = await askAsDevice(ask, { do: 'lease' });
    if (!answer.ok) return answer;
    // Nobody but the authority can have made the answer: the key that it is sealed to went to it alone.
    if (answer.value.is === 'ended') out = { forgets: answer.value.forgets };
    if (answer.value.is !== 'lease') return fail('declined');
    const said = await read(answer.value.lease);
    if (said === null) return fail('malformed');
    // The answer to an ask made just now: the one word that may correct a clock which had run ahead.
    move(said.issued);
    lease = said;
    provenAt = counter();
    return write(answer.value.lease);
  }

  return {
    verdict: () => {
      move(timeAtLeast(facts())); // what the clock says now counts as seen, before it can be set back
      return judgeLease({ ...facts(), until: lease?.until ?? begun + UNTIL_FIRST, isProven: provenAt !== null });
    },
    issued: () => lease?.issued ?? null,
    shutOut: () => out,
    renew,
    renewIfDue: async () => {
      const now = counter();
      if (now < again || (provenAt !== null && now - provenAt < ASK_AFTER)) return;
      again = now + Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** failures);
      const done = await renew();
      failures = done.ok ? 0 : failures + 1;
      if (done.ok) again = Number.NEGATIVE_INFINITY;
    },
    takeFile: async (text) => {
      const signed = decodeLeaseFile(text);
      const said = signed.ok ? await read(signed.value) : null;
      if (!signed.ok || said === null || said.until <= Math.max(lease?.until ?? 0, timeAtLeast(facts())))
        return fail('lease file');
      if (said.issued > mark) move(Math.max(said.issued, timeAtLeast(facts())));
      lease = said;
      return write(signed.value);
    },
    saw: (time) => {
      if (time > timeAtLeast(facts())) move(time);
    },
    note: async (isAtOnce) => {
      if (!isAtOnce && counter() - notedAt < NOTE_EVERY) return;
      move(timeAtLeast(facts()));
      await write(null); // a full disk: the time is kept in memory, and written the next time
    },
  };
}
