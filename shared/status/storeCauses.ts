/**
 * Why this computer's case store (IndexedDB) cannot be used, and what to do next. What is safe is the same for each.
 * A cause without a sentence does not compile. Sentences never hold names, titles, paths or codes.
 */
export const STORE_CAUSES = ['disk full', 'newer', 'damaged', 'closed', 'fault'] as const;
/**
 * `newer`: a later version of Joinder made it. `damaged`: the browser's database does not open. `closed`: the browser took
 * it away while it was in use. `fault`: of our own.
 */
export type StoreCause = (typeof STORE_CAUSES)[number];

interface StoreWords {
  /** A few words, for after a colon. */
  readonly short: string;
  readonly happened: string;
  readonly next: string;
}

export const STORE: Readonly<Record<StoreCause, StoreWords>> = {
  'disk full': {
    short: 'this disk is full',
    happened: 'The cases on this computer cannot be opened, because its disk is full.',
    next: 'Free some space, then retry.',
  },
  newer: {
    short: 'made by a newer version',
    happened: 'The cases on this computer were last opened by a newer version of Joinder. Nothing was changed in them.',
    next: 'Update Joinder, then open it again.',
  },
  damaged: {
    short: 'the case store cannot be read',
    happened: 'The cases on this computer cannot be opened, because their store cannot be read.',
    next: 'Retry. If this comes back, start the computer again; then ask your administrator to put the store aside: Joinder fills a new one by itself.',
  },
  closed: {
    short: 'the case store was closed',
    happened: 'The case store of this computer was closed while Joinder used it.',
    next: 'Retry, to open it again. If this comes back, start the computer again.',
  },
  fault: {
    short: 'a fault in Joinder',
    happened: 'The cases on this computer cannot be opened, because of a fault in Joinder.',
    next: 'Retry. If this comes back, tell your administrator.',
  },
};

/** What is safe, whatever the cause. */
export const STORE_SAFE =
  'Nothing that said Saved is lost: what the relay has not got yet lies in this computer\u2019s journal, and added files lie sealed beside it.';
