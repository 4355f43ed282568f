/** FAKE. One colleague, no guests, and an authority that nobody can ask. */
import type { AccessViews } from '../../shared/ipc/access.ts';
import type { GuestCalls, GuestViews } from '../../shared/ipc/guests.ts';
import { fail, ok } from '../../shared/primitives/result.ts';
import type { PersonId } from '../../shared/primitives/ids.ts';
import { hex } from './fakePackages.ts';

const done = async () => ok(null);

export const fakeGuestViews: GuestViews & Pick<AccessViews, 'people'> = {
  people: [
    {
      person: hex(40) as PersonId,
      name: 'Priya Nair',
      posts: ['Investigator, CID Harbour Street'],
      computers: 1,
      gone: false,
    },
  ],
  guests: { rows: [], sponsors: [], today: '2026-11-22' },
  guest: null,
};

export const fakeGuestCalls: GuestCalls = {
  guestTerms: async () => 90,
  inviteGuest: async () => fail('authority away'),
  unfinishedGuests: async () => [],
  guestCode: async () => fail('authority away'),
  shareWithGuest: done,
  decideGuest: done,
  sayToGuest: done,
  takeGuestFile: done,
};
