/**
 * What becomes of the copies on a computer that was shut out because its person left: kept for as long as what is known of the
 * person, then deleted by a signed order, unless a hold stops it. Promises that no order is made while the person is in, a
 * hold stands, or the day has not come by this authority's clock; and that each order, and each word that it was done, is on record.
 */
import { addSpan } from '../../../shared/primitives/calendar.ts';
import { wallTimeOf } from '../../../shared/primitives/britishTime.ts';
import type { DeviceId } from '../../../shared/primitives/ids.ts';
import type { Millis } from '../../../shared/primitives/units.ts';
import type { Device, DirectoryState } from '../../../shared/seal/directory/directory.ts';
import { signErasure } from '../../../shared/seal/devices/erasure.ts';
import type { StrangerAnswer } from '../../../shared/wire/stranger.ts';
import type { Authority } from '../authority.ts';
import { isIn } from '../people/access.ts';
import { USUAL_DAYS, leaversNow } from '../people/retention.ts';
import { today } from '../people/reconcile.ts';

const KEEP: StrangerAnswer = { is: 'keep', day: null, isHeld: false };

/** Answers the computer. `done`: it says that the order of that time was carried out. */
export async function copiesOf(authority: Authority, device: DeviceId, done: Millis | null): Promise<StrangerAnswer> {
  const { directory, store, platform, keys } = authority;
  const state = await directory.state();
  const known = state.known.get(device);
  if (known === undefined) return KEEP;
  if (done !== null) noteDone(authority, known, done);
  const copies = copiesDue(authority, state, known);
  if (copies === null) return KEEP;
  if (copies.isHeld || copies.day > today(authority))
    return { is: 'keep', day: copies.isHeld ? null : copies.day, isHeld: copies.isHeld };
  const issued = store.people.change(() => {
    const before = store.devices.erasure(device)?.ordered;
    if (before !== undefined) return before;
    const time = platform.now();
    store.devices.putErasure(device, time);
    store.people.note({ time, person: known.person, what: 'copies ordered', source: 'the day' });
    return time;
  });
  return { is: 'erase', order: await signErasure(platform, keys.signKey, { org: keys.org, device, issued }) };
}

function noteDone({ store, platform }: Authority, { device, person }: Device, done: Millis): void {
  store.people.change(() => {
    const order = store.devices.erasure(device);
    if (order === null || order.ordered !== done || order.deleted !== null) return;
    store.devices.endErasure(device, platform.now());
    store.people.note({ time: platform.now(), person, what: 'copies deleted', source: 'the computer' });
  });
}

/** The first day on which a computer's copies are deleted, and whether a hold stops it; null: nothing says that they are. */
export function copiesDue(
  authority: Authority,
  state: DirectoryState,
  { device, person }: Device,
): { readonly day: string; readonly isHeld: boolean } | null {
  const { people } = authority;
  const ended = state.ended.get(device);
  if (ended === undefined || state.devices.has(device)) return null;
  const isHeld = people.holds().has(person);
  const facts = people.person(person)?.facts;
  // Of whom no system speaks, what an administrator did counts.
  if (facts !== undefined && (facts.hr !== null || facts.account !== null || facts.ended !== null)) {
    if (isIn(facts, today(authority))) return null; // lost, or given back: its person is here
    const leaver = leaversNow(authority).find((one) => one.person === person);
    return leaver === undefined ? null : { day: leaver.deleted, isHeld };
  }
  // Nor of whom nothing is known any more: they have left when they hold nothing.
  if ((state.holds.get(person)?.size ?? 0) > 0) return null;
  const left = wallTimeOf(ended)?.day ?? today(authority);
  if (state.guests.has(person)) return { day: left, isHeld }; // a guest's computer keeps nothing of ours
  return { day: addSpan(left, { days: people.daysKept() ?? USUAL_DAYS }) ?? left, isHeld };
}
