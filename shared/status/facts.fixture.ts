/** For tests only: generators of facts as logs and disks bring them, in any order. */
import * as fc from 'fast-check';
import type { TransferCause, TransferNews } from '../ipc/evidence.ts';
import type { VersionId } from '../primitives/ids.ts';
import { HOUR } from '../primitives/units.ts';
import { LINK_LOSSES, freshVersion } from './facts.ts';
import { TRANSFER } from './transferCauses.ts';
import type { At, Clock, DeliveredFact, InErrorFact, OpenedFact, ReasonFact, VersionFacts, WaitWhy } from './facts.ts';
import type { PackageFacts } from './package.ts';

/** 2026-11-22 09:00 UTC, in a zone one hour east. */
export const NOW = 1_795_338_000_000;
export const clock: Clock = { now: NOW, offset: () => HOUR };

const time = fc.integer({ min: NOW - 40 * HOUR, max: NOW });
const at = time.map((ms): At => ({ at: ms }));
const maybe = <T>(arb: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(arb, { freq: 2, nil: null });

export const ORG = 'Crown Prosecutors';
const person = fc.constantFrom('Ann Bell', 'Cy Dodd');
export const reason: fc.Arbitrary<ReasonFact> = fc.record({
  at: time,
  reason: fc.constantFrom('', 'wrong file'),
  name: person,
});

export const inError: fc.Arbitrary<InErrorFact> = fc.record({
  at: time,
  reason: fc.constant('wrong file'),
  name: person,
  done: fc.nat(3),
  of: fc.constant(3),
  here: fc.boolean(),
});

export const transfer: fc.Arbitrary<TransferNews> = fc.record({
  version: fc.constant('00'.repeat(16) as VersionId),
  direction: fc.constantFrom('up', 'down'),
  state: fc.constantFrom('queued', 'moving', 'retrying', 'paused', 'whole', 'failed'),
  done: fc.nat(1000),
  total: fc.constant(1000),
  rate: fc.nat(100),
  cause: fc.constantFrom(null, ...(Object.keys(TRANSFER) as (keyof typeof TRANSFER)[])),
  nextAt: fc.constantFrom(null, NOW + 20_000),
});

export const wait: fc.Arbitrary<WaitWhy> = fc.oneof(
  fc.record({
    is: fc.constantFrom(
      ...LINK_LOSSES,
      'signed out',
      'refused',
      'paused',
      'metered',
      'sealing',
      'turn',
      'taking',
      'no space at the relay',
      'quota',
      'area quota',
      'organisation quota',
      'missing here',
    ),
  } as const),
  fc.record({ is: fc.constant('until' as const), at: time.map((ms) => ms + 24 * HOUR) }),
);

const delivered: fc.Arbitrary<DeliveredFact> = fc.record({
  at: time,
  org: fc.constant(ORG),
  device: fc.constantFrom('desk 4', 'laptop 7'),
  here: fc.boolean(),
});
const opened: fc.Arbitrary<OpenedFact> = fc.record({
  at: time,
  name: person,
  org: fc.constant(ORG),
  mine: fc.boolean(),
});

/** What one source knows of a version: any part of it. */
export const versionFacts = (side: 'sender' | 'receiver'): fc.Arbitrary<VersionFacts> =>
  fc
    .record({
      sealed: maybe(at),
      holder: fc.constantFrom(null, "Ann Bell's laptop"),
      released: maybe(at),
      waits: fc.array(wait, { maxLength: 2 }),
      moved: fc.nat(1000),
      transfer: maybe(transfer),
      atRelay: maybe(at),
      delivered: maybe(delivered),
      opened: maybe(opened),
      viewingBegan: maybe(opened),
      withdrawn: maybe(reason),
      dropped: maybe(reason),
      inError: maybe(inError),
    })
    .map((known) => ({ ...freshVersion(side, ORG, 1000), ...known }));

/** Several files of one package; now and then one thing holds up all of them. */
const filesOf = (side: 'sender' | 'receiver'): fc.Arbitrary<VersionFacts[]> =>
  fc
    .tuple(
      fc.array(versionFacts(side), { maxLength: 5 }),
      fc.constantFrom(null, null, null, 'no space here' as const, 'metered' as const),
    )
    .map(([files, cause]) =>
      cause === null
        ? files
        : files.map((one) => ({
            ...one,
            transfer: { ...withCause(cause), state: cause === 'metered' ? ('queued' as const) : ('retrying' as const) },
          })),
    );

export const packageFacts = (side: 'sender' | 'receiver'): fc.Arbitrary<PackageFacts> =>
  fc.record({
    side: fc.constant(side),
    org: fc.constant(ORG),
    files: filesOf(side),
    released: maybe(at),
    receivable: maybe(at),
    waits: fc.array(wait, { maxLength: 2 }),
    sent: maybe(at),
    decided: fc.option(
      fc.record({
        is: fc.constantFrom('accepted', 'returned'),
        at: time,
        name: person,
        reason: fc.constant('no exhibits'),
      }),
      { freq: 4, nil: null },
    ),
    withdrawn: fc.option(reason, { freq: 4, nil: null }),
    destroyed: fc.option(fc.record({ done: fc.nat(3), of: fc.constant(3) }), { freq: 4, nil: null }),
  });

/** News of a transfer that something holds up. */
export const withCause = (cause: TransferCause): TransferNews => ({
  version: 'ab'.repeat(16) as VersionId,
  direction: 'up',
  done: 0,
  total: 1000,
  rate: 0,
  state: 'retrying',
  cause,
  nextAt: NOW + 20_000,
});
