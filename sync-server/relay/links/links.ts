/**
 * The links that are open: found by organisation for pushes, and by token for chunks over HTTP. A token dies with its
 * link. Holds no link that has not proved its device's key.
 */
import type { AreaId, DeviceId, Hash, OrgId } from '../../../shared/primitives/ids.ts';
import type { ByteCount, Millis } from '../../../shared/primitives/units.ts';
import type { FromRelay, LinkRefusal } from '../../../shared/wire/link.ts';
import type { OpenArea } from '../order/areas.ts';
import type { Frame } from './frame.ts';

export interface DeviceLink {
  readonly org: OrgId;
  readonly device: DeviceId;
  readonly token: string;
  /** Areas whose presence it asked for. */
  watching: ReadonlySet<AreaId>;
  /** Ends with the link: what streams over HTTP under its token ends too. */
  readonly ended: AbortSignal;
  /** Answers; never dropped. */
  tell(message: FromRelay): void;
  /** News of an area in one ready frame. A link that is slow, or not yet welcomed, gets `moved` later instead. */
  push(area: OpenArea, frame: Frame): void;
  /** `moved`, now or when the link has room. */
  move(area: OpenArea): void;
  /** That boxes were filed for it under these subjects, now or when the link has room. */
  tellOfBoxes(subjects: ReadonlySet<Hash>): void;
  /** Dropped when the link is slow: presence is of the moment. */
  pass(frame: Frame): void;
  refuse(cause: LinkRefusal): void;
  /** More is unsent than it takes: pushes are dropped. */
  isSlow(): boolean;
  /** Ends it in order, when the relay shuts down: it is asked to return after so long. */
  leave(after: Millis): void;
}

/** The same, as its own requests see it. */
export interface OpenLink extends DeviceLink {
  watching: ReadonlySet<AreaId>;
  /** Its appends on which there is no verdict yet: bytes of them, and how many. */
  unjudged: ByteCount;
  unjudgedEntries: number;
  /** From here on pushes go out; what came before is told as `moved`. */
  begin(): void;
  /** Tells what was dropped while the link was slow. */
  catchUp(): void;
  end(): void;
}

export function openLinks() {
  const byOrg = new Map<OrgId, Set<DeviceLink>>();
  const byToken = new Map<string, DeviceLink>();
  let version = 0;

  return {
    add(link: DeviceLink): void {
      version += 1;
      byOrg.set(link.org, (byOrg.get(link.org) ?? new Set()).add(link));
      byToken.set(link.token, link);
    },
    remove(link: DeviceLink): void {
      version += 1;
      const links = byOrg.get(link.org);
      links?.delete(link);
      if (links?.size === 0) byOrg.delete(link.org);
      byToken.delete(link.token);
    },
    of: (org: OrgId): readonly DeviceLink[] => [...(byOrg.get(org) ?? [])],
    all: (): readonly DeviceLink[] => [...byToken.values()],
    byToken: (token: string): DeviceLink | null => byToken.get(token) ?? null,
    count: (): number => byToken.size,
    /** Another number whenever a link was added or removed. */
    version: (): number => version,
  };
}
export type Links = ReturnType<typeof openLinks>;
