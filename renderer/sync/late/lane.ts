/**
 * Late work of the areas that this computer's posts lead: asks the relay for it while computers of the organisation were shut
 * out lately, and opens it. Promises that each entry is signed by a device of our own organisation that was shut out, and that
 * nothing of it is applied here: taking it over is `adopting.ts`, and a person's act.
 */
import type { AreaId, Hash } from '../../../shared/primitives/ids.ts';
import { importVerifyKey } from '../../../shared/primitives/platform.ts';
import type { Millis } from '../../../shared/primitives/units.ts';
import { DAY, MINUTE, SECOND } from '../../../shared/primitives/units.ts';
import { decodeEntry, verifyHeader } from '../../../shared/seal/entry/entry.ts';
import { admittedBy, decodeChainOp, foldChain } from '../../../shared/seal/area/chain.ts';
import { epochSubject } from '../../../shared/seal/boxes.ts';
import type { Header } from '../../../shared/seal/entry/header.ts';
import { decodeHeader, hashHeader } from '../../../shared/seal/entry/header.ts';
import type { Opened } from '../log/opener.ts';
import { openEntry } from '../log/opener.ts';
import type { Session } from '../session.ts';

const LATELY: Millis = 31 * DAY;
/** A computer that was shut out just now brings what it has within moments of hearing of it. */
const JUST_NOW: Millis = 5 * MINUTE;
const SOON: Millis = 3 * SECOND;
const AGAIN: Millis = MINUTE;

interface Given {
  readonly area: AreaId;
  readonly hash: Hash;
  /** When the relay had it. */
  readonly at: Millis;
  readonly entry: Uint8Array;
}

export class LateLane {
  private readonly session: Session;
  private readonly opened = new Map<Hash, Opened>();
  private readonly seen = new Set<Hash>();
  /** Areas that are not at the relay, with the entries that made them: cases that nobody else has. */
  private readonly created = new Map<AreaId, Set<Hash>>();
  private readonly arrived = new Map<Hash, Millis>();
  private askedAt = Number.NEGATIVE_INFINITY;
  private isAsking = false;

  constructor(session: Session) {
    this.session = session;
  }

  /** What waits, oldest first as its writer wrote it. */
  all(): readonly Opened[] {
    return [...this.opened.values()];
  }

  /** Whether an area is known from here alone. */
  isUnknown(area: AreaId): boolean {
    return this.created.has(area) && !this.isAtRelay(area);
  }
  /** The chain entries that made such an area. */
  creationOf(area: AreaId): readonly Hash[] {
    return [...(this.created.get(area) ?? [])];
  }
  arrivedAt(hash: Hash): Millis {
    return this.arrived.get(hash) ?? 0;
  }
  private isAtRelay(area: AreaId): boolean {
    return this.session.log.all().some(({ state }) => state.area === area && state.access !== null);
  }

  /** Asks again where there may be something. Called at every look. */
  async look(): Promise<void> {
    const { session } = this;
    const now = session.platform.now();
    if (this.isAsking || !session.link.open || Math.abs(now - this.askedAt) < this.pause(now)) return;
    this.isAsking = true;
    this.askedAt = now;
    const answer = await session.link.ask<'late'>({ t: 'late' }).finally(() => (this.isAsking = false));
    if (answer?.t !== 'late') return;
    const waiting = new Set(answer.entries.map(({ hash }) => hash));
    const gone = [...this.opened.keys()].filter((hash) => !waiting.has(hash));
    for (const hash of gone) this.opened.delete(hash);
    for (const [area, made] of this.created)
      if (![...made].some((hash) => waiting.has(hash))) this.created.delete(area);
    let isNew = gone.length > 0;
    for (const one of answer.entries) isNew = (await this.take(one)) || isNew;
    if (isNew) session.changed();
  }

  /** A lead has decided about these. */
  async end(area: AreaId, entries: readonly Hash[]): Promise<boolean> {
    const answer = await this.session.link.ask<'done'>({ t: 'late done', area, entries: [...entries] });
    if (answer?.t !== 'done') return false;
    for (const hash of entries) this.opened.delete(hash);
    this.session.changed();
    return true;
  }

  /** How long to wait before it is asked again; for ever where no computer was shut out lately. */
  private pause(now: Millis): Millis {
    const state = this.session.directories.current(this.session.identity.org);
    const newest = Math.max(Number.NEGATIVE_INFINITY, ...(state?.ended.values() ?? []));
    if (now - newest > LATELY) return Number.POSITIVE_INFINITY;
    return Math.abs(now - newest) < JUST_NOW ? SOON : AGAIN;
  }

  private async take({ area, hash, at, entry: encoded }: Given): Promise<boolean> {
    const { platform, directories, identity, db, keyring, alarms } = this.session;
    if (this.seen.has(hash)) return false;
    const entry = decodeEntry(encoded);
    const header = entry.ok ? decodeHeader(entry.value.header) : null;
    if (!entry.ok || !header?.ok || header.value.area !== area || header.value.org !== identity.org) return false;
    if ((await hashHeader(platform, entry.value.header)) !== hash) return false;
    const state = directories.current(identity.org);
    const device = state?.known.get(header.value.device);
    if (!device || state?.devices.has(device.device)) return false;
    if (!(await verifyHeader(platform, await importVerifyKey(platform, device.signKey), entry.value))) return false;
    this.arrived.set(hash, at);
    if (header.value.kind === 'chain') return this.takeCreation(area, hash, header.value);
    const sealed = { area, n: null, time: null, directory: null, hash, header: header.value, entry: entry.value };
    const outcome = await openEntry({ platform, db, keyring }, sealed);
    if (outcome.is === 'waiting') return false; // its area's key comes: looked at again the next time
    this.seen.add(hash);
    if (outcome.is === 'bad') return false;
    this.opened.set(hash, outcome.opened);
    alarms.lateWork(device.device, state?.people.get(device.person)?.name ?? '');
    return true;
  }

  /** The making of an area that never came to the relay: its key, from the box that came with it. */
  private async takeCreation(area: AreaId, hash: Hash, header: Header): Promise<boolean> {
    const { platform, keyring, link } = this.session;
    const op = header.body === null ? null : decodeChainOp(header.body);
    if (!op?.ok || op.value.op !== 'create' || this.isAtRelay(area)) return false;
    const made = foldChain(null, op.value, { ...admittedBy(header, hash), replaces: null });
    if (!made.ok) return false;
    this.created.set(area, (this.created.get(area) ?? new Set<Hash>()).add(hash));
    if (keyring.areaKey(area, 1)) return false;
    const answer = await link.ask<'boxes'>({ t: 'boxes', subjects: [await epochSubject(platform, area, 1)] });
    for (const box of answer?.t === 'boxes' ? answer.boxes : []) await keyring.takeAreaKey(area, made.value, 1, box);
    return keyring.areaKey(area, 1) !== null;
  }
}
