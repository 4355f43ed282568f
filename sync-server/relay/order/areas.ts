/**
 * Areas in use, opened from the store when somebody names them and let go when nobody has for long. An open area is two
 * places at once: `state` and `place` after everything admitted, `durable` after everything committed. Only what is
 * durable is ever shown or signed. Never holds content.
 */
import type { AreaId, Hash, OrgId } from '../../../shared/primitives/ids.ts';
import type { Platform } from '../../../shared/primitives/platform.ts';
import type { ByteCount, Millis } from '../../../shared/primitives/units.ts';
import type { AreaState } from '../../../shared/seal/area/admit.ts';
import type { AccessState } from '../../../shared/seal/area/chain.ts';
import { admittedBy, decodeChainOp, foldChain } from '../../../shared/seal/area/chain.ts';
import { decodeEntry } from '../../../shared/seal/entry/entry.ts';
import { decodeHeader } from '../../../shared/seal/entry/header.ts';
import type { Tip } from '../../../shared/seal/area/order.ts';
import { signTip } from '../../../shared/seal/area/order.ts';
import type { Directories, Intake } from '../directories.ts';
import type { RelayKeys } from '../keys.ts';
import type { Entitlement } from '../rights.ts';
import type { DisposalStore } from '../store/disposals.ts';
import type { LogStore, Place } from '../store/log.ts';

export interface OpenArea {
  readonly id: AreaId;
  readonly intake: Intake | null;
  /** Row in the store; null until its first entry is committed. */
  row: number | null;
  state: AreaState;
  place: Place | null;
  /** Directory head last anchored, by organisation. */
  readonly anchored: Map<OrgId, Hash>;
  /** Entries admitted and not yet durable, by header hash, and their places. */
  readonly waiting: Map<Hash, number>;
  /** Bytes of entries admitted. */
  bytes: ByteCount;
  durable: { readonly place: Place | null; readonly access: AccessState | null };
  /** The chain as of the last news that was sent: who could read the area then. */
  told: AccessState | null;
  tip: Promise<Tip> | null;
  /** Verdicts of this area are reached one after the other: the last one under way. */
  mailbox: Promise<void>;
  /** Verdicts asked for and not reached. */
  busy: number;
  /** A commit failed: what was admitted since is void, and the area is opened anew. */
  broken: boolean;
  /** Organisations that have disposed of their copy: it is served to them no more. */
  left: ReadonlySet<OrgId>;
  /** Nobody keeps it any more: its log was destroyed, and nothing is taken for it again. */
  readonly gone: boolean;
  /** The relay's clock. */
  readonly now: () => Millis;
}

/** What rights in the area hang on now. */
export const entitlement = (area: OpenArea): Entitlement => ({
  intake: area.intake,
  access: area.durable.access,
  left: area.left,
  at: area.now(),
});

const KEPT_OPEN = 4096;

export function openAreas(
  platform: Platform,
  keys: RelayKeys,
  generation: number,
  log: LogStore,
  directories: Directories,
  disposals: Pick<DisposalStore, 'left' | 'isGone'>,
) {
  const open = new Map<AreaId, OpenArea>();

  /** The access chain, folded from its stored entries; each was judged when it was taken. */
  function foldAccess(row: number): AccessState | null {
    let access: AccessState | null = null;
    for (const { item, entry } of log.chain(row)) {
      const decoded = decodeEntry(entry);
      const header = decoded.ok ? decodeHeader(decoded.value.header) : decoded;
      const op = header.ok ? decodeChainOp(header.value.body ?? new Uint8Array(0)) : header;
      if (!header.ok || !op.ok)
        throw new Error('an entry of a stored access chain is unreadable; restore the data folder from a copy');
      const next = foldChain(access, op.value, admittedBy(header.value, item));
      if (!next.ok)
        throw new Error(`a stored access chain does not hold (${next.cause}); restore the data folder from a copy`);
      access = next.value;
    }
    return access;
  }

  function load(id: AreaId): OpenArea {
    const intake = directories.intake(id);
    const stored = log.findArea(id);
    const access = stored === null ? null : foldAccess(stored.row);
    const heads = stored === null ? new Map() : log.heads(stored.row);
    const place = stored === null ? null : { n: stored.n, h: stored.h, time: stored.time };
    return {
      id,
      intake,
      row: stored?.row ?? null,
      state: { area: id, intake, access, heads },
      place,
      anchored: stored === null ? new Map() : log.anchors(stored.row),
      waiting: new Map(),
      bytes: stored?.bytes ?? 0,
      durable: { place, access },
      told: access,
      tip: null,
      mailbox: Promise.resolve(),
      busy: 0,
      broken: false,
      left: disposals.left(id),
      gone: disposals.isGone(id),
      now: () => platform.now(),
    };
  }

  function letGo(): void {
    for (const [id, area] of open) {
      if (open.size <= KEPT_OPEN) return;
      if (area.busy === 0 && area.waiting.size === 0) open.delete(id);
    }
  }

  /** Somebody named an intake before its post was published: it is looked at anew. */
  const wasNoIntakeYet = (area: OpenArea): boolean =>
    area.intake === null && area.place === null && area.busy === 0 && directories.intake(area.id) !== null;

  /** The area of this id, which may not exist yet: for appending. */
  function get(id: AreaId): OpenArea {
    const there = open.get(id);
    const area = there && !wasNoIntakeYet(there) ? there : load(id);
    open.delete(id);
    open.set(id, area); // newest last
    letGo();
    return area;
  }

  return {
    get,
    /** The area if it has a first durable entry: for everything but appending. */
    find(id: AreaId): OpenArea | null {
      const area = open.get(id);
      if (area) return area.durable.place === null ? null : get(id);
      return log.findArea(id) === null ? null : get(id);
    },
    /** The signed newest durable place. */
    tipOf(area: OpenArea): Promise<Tip> {
      const place = area.durable.place;
      if (place === null) throw new Error('an area without a place has no tip');
      area.tip ??= signTip(platform, keys.signing, {
        area: area.id,
        generation,
        n: place.n,
        h: place.h,
        time: place.time,
      });
      return area.tip;
    },
    /** Forgets what was admitted and could not be committed. */
    drop(area: OpenArea): void {
      area.broken = true;
      if (open.get(area.id) === area) open.delete(area.id);
    },
    /** Resolves when every append asked for has been judged. */
    settled: async (): Promise<void> => {
      await Promise.all([...open.values()].map((area) => area.mailbox));
    },
    count: (): number => open.size,
  };
}
export type Areas = ReturnType<typeof openAreas>;
