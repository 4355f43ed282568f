/**
 * Presence over the link: at most once a second for each document, sealed under the epoch, signed by the device. What
 * arrives is verified, held against the device's last counter, and given the name that the directory proves.
 */
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import * as awarenessProtocol from 'y-protocols/awareness';
import type { AreaId, DeviceId, StreamId } from '../../../shared/primitives/ids.ts';
import type { Platform } from '../../../shared/primitives/platform.ts';
import { importVerifyKey } from '../../../shared/primitives/platform.ts';
import type { Millis } from '../../../shared/primitives/units.ts';
import type { Identity, VaultCalls } from '../../../shared/ipc/vault.ts';
import { roleIn } from '../../../shared/seal/admit.ts';
import { currentEpoch } from '../../../shared/seal/chain.ts';
import { PRESENCE_LIFE, openPresence, readPresenceHead, sealPresence } from '../../../shared/seal/presence.ts';
import type { Directories } from '../log/directories.ts';
import type { Keyring } from '../log/keyring.ts';
import type { Link } from '../log/link.ts';
import type { Log } from '../log/log.ts';

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
  private watched: readonly AreaId[] = [];
  private counter: number;
  private timer: ReturnType<typeof setTimeout> | null = null;

  constructor(context: PresenceContext) {
    this.context = context;
    this.counter = context.platform.now(); // grows over restarts, so that a frame of an earlier run is never newer
  }

  /** Tells others of this computer's windows; the newest wins where it comes too fast. */
  send(area: AreaId, stream: StreamId, update: Uint8Array): void {
    if (!this.context.link.open) return;
    this.due.set(`${area} ${stream}`, { area, stream, update: this.renamed(update) });
    this.timer ??= setTimeout(() => void this.sendDue(), AT_MOST_EVERY);
  }

  /**
   * The same update under other ids. A client id belongs to the device whose edit first used it: told before that, a
   * member could use it first, and what is typed here would be refused as theirs.
   */
  private renamed(update: Uint8Array): Uint8Array {
    const from = decoding.createDecoder(update);
    const to = encoding.createEncoder();
    const count = decoding.readVarUint(from);
    encoding.writeVarUint(to, count);
    for (let i = 0; i < count; i++) {
      encoding.writeVarUint(to, this.aliasOf(decoding.readVarUint(from)));
      encoding.writeVarUint(to, decoding.readVarUint(from)); // its clock
      encoding.writeVarString(to, decoding.readVarString(from)); // its state
    }
    return encoding.toUint8Array(to);
  }
  private readonly aliases = new Map<number, number>();
  private aliasOf(client: number): number {
    const known = this.aliases.get(client);
    if (known !== undefined) return known;
    const alias = new DataView(this.context.platform.random(4).slice().buffer).getUint32(0);
    this.aliases.set(client, alias);
    return alias;
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
    void this.take(area, frame);
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
    if (!this.isNew(head.device, head.counter) || Math.abs(platform.now() - head.time) > 10 * PRESENCE_LIFE) return;
    const plain = await openPresence(platform, key, await importVerifyKey(platform, device.signKey), frame);
    if (!plain.ok) return;
    const name = directory.people.get(device.person)?.name ?? 'somebody';
    opened(
      area,
      head.stream,
      awarenessProtocol.modifyAwarenessUpdate(
        plain.value,
        (state: Record<string, unknown> | null) => state && named(state, name),
      ),
    );
  }

  private isNew(device: DeviceId, counter: number): boolean {
    if (counter <= (this.heard.get(device) ?? 0)) return false;
    this.heard.set(device, counter);
    return true;
  }
}

/** Whatever a state says of its user's name, the directory's is shown. */
function named(state: Record<string, unknown>, name: string): Record<string, unknown> {
  const user = typeof state['user'] === 'object' && state['user'] !== null ? state['user'] : {};
  return { ...state, user: { ...user, name } };
}
