/**
 * Presence over the link: at most once a second for each document, sealed under the epoch, signed by the device. What
 * arrives is verified, held against the device's last counter, and given the name that the directory proves.
 */
import type { AreaId, DeviceId, StreamId } from '../../../shared/primitives/ids.ts';
import type { Platform } from '../../../shared/primitives/platform.ts';
import { importVerifyKey } from '../../../shared/primitives/platform.ts';
import type { Millis } from '../../../shared/primitives/units.ts';
import type { Identity, VaultCalls } from '../../../shared/ipc/vault.ts';
import { roleIn } from '../../../shared/seal/area/admit.ts';
import { currentEpoch } from '../../../shared/seal/area/chain.ts';
import { PRESENCE_LIFE, openPresence, readPresenceHead, sealPresence } from '../../../shared/seal/presence.ts';
import type { Directories } from '../log/directories.ts';
import type { Keyring } from '../log/keyring.ts';
import type { Link } from '../log/link.ts';
import type { Log } from '../log/log.ts';
import { openAliases } from './aliases.ts';
import { cleanState, readPresence, writePresence } from './presenceFrame.ts';

export interface PresenceContext {
  readonly platform: Platform;
  readonly vault: VaultCalls;
  readonly identity: Identity;
  readonly directories: Directories;
  readonly keyring: Keyring;
  readonly log: Log;
  readonly link: Link;
  readonly opened: (area: AreaId, stream: StreamId, update: Uint8Array) => void;
}

const AT_MOST_EVERY: Millis = 1000;

export class PresenceLink {
  private readonly context: PresenceContext;
  private readonly due = new Map<string, { area: AreaId; stream: StreamId; update: Uint8Array }>();
  private readonly heard = new Map<string, number>();
  private readonly own: (client: number) => number;
  private readonly theirs = new Map<DeviceId, (client: number) => number>();
  private watched: readonly AreaId[] = [];
  private counter: number;
  private timer: ReturnType<typeof setTimeout> | null = null;

  constructor(context: PresenceContext) {
    this.context = context;
    this.own = openAliases(context.platform);
    this.counter = context.platform.now(); // grows over restarts, so that a frame of an earlier run is never newer
  }

  /** Tells others of this computer's windows; the newest wins where it comes too fast. */
  send(area: AreaId, stream: StreamId, update: Uint8Array): void {
    if (!this.context.link.open) return;
    this.due.set(`${area} ${stream}`, { area, stream, update: this.renamed(update) });
    this.timer ??= setTimeout(() => void this.sendDue().catch(() => {}), AT_MOST_EVERY);
  }

  /**
   * The same update under other ids. A client id belongs to the device whose edit first used it: told before that, a
   * member could use it first, and what is typed here would be refused as theirs.
   */
  private renamed(update: Uint8Array): Uint8Array {
    const here = readPresence(update) ?? [];
    return writePresence(here.map((one) => ({ ...one, client: this.own(one.client) })));
  }
  /** For each computer its own: what one makes up takes no id of another. */
  private aliasesOf(device: DeviceId): (client: number) => number {
    const known = this.theirs.get(device) ?? openAliases(this.context.platform);
    this.theirs.set(device, known);
    return known;
  }

  private async sendDue(): Promise<void> {
    this.timer = null;
    const frames = [...this.due.values()];
    this.due.clear();
    const { platform, keyring, log, identity, vault, link } = this.context;
    for (const { area, stream, update } of frames) {
      const { access } = log.replica(area);
      const epoch = access ? currentEpoch(access) : 0;
      const key = keyring.areaKey(area, epoch);
      if (!key || !link.open) continue;
      const head = {
        area,
        stream,
        org: identity.org,
        device: identity.device,
        epoch,
        counter: ++this.counter,
        time: platform.now(),
      };
      const frame = await sealPresence(platform, key, head, update, (label, ...parts) => vault.sign(label, parts));
      if (link.open) link.send({ t: 'presence', area, frame });
    }
  }

  /** Which areas this computer wants presence of. */
  watch(areas: readonly AreaId[]): void {
    this.watched = areas;
    if (this.context.link.open) this.context.link.send({ t: 'watch', areas: [...areas] });
  }
  /** Says it again on a new link: the relay forgets with the old one. */
  welcomed(): void {
    if (this.watched.length > 0) this.watch(this.watched);
  }

  hear(area: AreaId, frame: Uint8Array): void {
    void this.take(area, frame).catch(() => {}); // what cannot be read is nobody's presence
  }

  private async take(area: AreaId, frame: Uint8Array): Promise<void> {
    const { platform, directories, keyring, log, opened } = this.context;
    const read = readPresenceHead(frame);
    if (!read.ok || read.value.area !== area) return;
    const head = read.value;
    const directory = directories.current(head.org);
    const device = directory?.devices.get(head.device);
    const access = log.replica(area).access;
    const key = keyring.areaKey(area, head.epoch);
    if (!directory || !device || !access || !key || roleIn(access, directory, head.device) === null) return;
    if (Math.abs(platform.now() - head.time) > 10 * PRESENCE_LIFE) return;
    const plain = await openPresence(platform, key, await importVerifyKey(platform, device.signKey), frame);
    if (!plain.ok || !this.isNew(head.device, head.counter)) return;
    const name = directory.people.get(device.person)?.name ?? 'somebody';
    const there = readPresence(plain.value);
    if (!there) return;
    // Ids of its own for each computer, so that none can speak in another's name or take away another's caret.
    const aliasOf = this.aliasesOf(head.device);
    const shown = there.map(({ client, clock, state }) => ({
      client: aliasOf(client),
      clock,
      state: cleanState(state, name),
    }));
    opened(area, head.stream, writePresence(shown));
  }

  private isNew(device: DeviceId, counter: number): boolean {
    if (counter <= (this.heard.get(device) ?? 0)) return false;
    this.heard.set(device, counter);
    return true;
  }
}
