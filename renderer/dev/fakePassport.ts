/** A passport to look at: two steps, both of which hold. */
import type { PassportView } from '../../shared/ipc/passport.ts';

export const fakePassport = (): PassportView => ({
  steps: [
    {
      what: 'imported',
      at: Date.now() - 3_600_000,
      by: 'Priya Nair, Officer in the case, Northfold Constabulary',
      computer: 'Laptop 1',
      more: null,
      wrong: null,
    },
    { what: 'held by the relay', at: Date.now(), by: null, computer: null, more: null, wrong: null },
  ],
  unproved: 0,
  holds: true,
});
