/**
 * One device's link: the handshake, then requests in order, answers, and news of areas. A slow link loses pushes and is
 * told which areas moved once it has room. Promises that nothing is told before the device's key was proved and its
 * directory says that it stands.
 */
import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { AreaId, DeviceId, Hash, OrgId } from '../../../shared/primitives/ids.ts';
import { importVerifyKey, verify } from '../../../shared/primitives/platform.ts';
import type { Result } from '../../../shared/primitives/result.ts';
import { fail, ok } from '../../../shared/primitives/result.ts';
import type { Millis } from '../../../shared/primitives/units.ts';
import { LABEL } from '../../../shared/seal/labels.ts';
import type { FromRelay, LinkRefusal, ToRelay } from '../../../shared/wire/link.ts';
import { LIMITS, LINK_VERSION, decodeMessage, toRelay } from '../../../shared/wire/link.ts';
import { short } from '../../common/log.ts';
import { answer } from '../answers/answer.ts';
import type { OpenArea } from '../order/areas.ts';
import type { Relay } from '../context.ts';
import { frameOf } from './frame.ts';
import type { DeviceLink, OpenLink } from './links.ts';
import type { Connection, Peer } from './peer.ts';
import { CLOSED, openPeer } from './peer.ts';
import { tellOfLack } from '../chunks/lacks.ts';
import { welcome } from './welcome.ts';

type Hello = Extract<ToRelay, { t: 'hello' }>;

/** Of a connection that has not proved itself yet. */
export interface Stranger {
  /** It has. */
  known(): void;
  /** It has not, and cannot; answers how long its word is kept back. */
  failed(): Millis;
}

/** What an honest computer seldom hears, and who guesses hears each time. */
const GUESSES: ReadonlySet<LinkRefusal> = new Set([
  'unknown organisation',
  'unknown device',
  'bad signature',
  'malformed',
]);

/** Serves a connection until it closes. */
export function serveDevice(relay: Relay, connection: Connection, stranger: Stranger): void {
  const nonce = new Uint8Array(randomBytes(32));
  let hello: Hello | null = null;
  let link: OpenLink | null = null;
  let over = false;
  /** For the log alone. */
  const name = randomBytes(4).toString('hex');
  const tell = (message: FromRelay): void => peer.send(frameOf(message));

  const peer = openPeer(connection, {
    async receive(frame) {
      if (over) return;
      const message = decodeMessage(toRelay, frame);
      if (!message.ok) return unreadable(frame);
      if (link) return answer(relay, link, message.value);
      if (message.value.t === 'hello') hello = message.value;
      else if (message.value.t === 'auth') await open(message.value.signature);
      else refuse('malformed');
    },
    drained: () => link?.catchUp(),
    closed: end,
    failed: (why) => relay.log.error({ link: name, error: why }, 'handling a frame failed'),
    overrun: shed,
    ahead: relay.shares.ahead,
  });

  /** More comes than can be judged, and this link has as much waiting as it may and sends on: it hears so, and comes again. */
  function shed(): boolean {
    if (link === null || !relay.shares.mayShed(performance.now())) return false;
    relay.meters.shed.inc({});
    refuse('busy');
    return true;
  }

  function end(): void {
    if (over) return;
    over = true;
    if (!link) return;
    relay.links.remove(link);
    link.end();
    noteContact(relay, link);
    relay.log.info({ link: name, device: short(link.device), links: relay.links.count() }, 'link closed');
  }

  /** A message of a later version is passed over; bytes that are no message end the link. */
  function unreadable(frame: Uint8Array): void {
    if (isUnknownMessage(frame)) return;
    refuse('malformed');
  }

  function refuse(cause: LinkRefusal): void {
    relay.meters.refused.inc({ cause });
    relay.log.info({ link: name, cause, ...(hello ? { device: short(hello.device) } : {}) }, 'link refused');
    const wait = link === null && GUESSES.has(cause) ? stranger.failed() : 0;
    if (wait > 0) setTimeout(() => say(cause), wait).unref();
    else say(cause);
    end(); // at once, whether or not the other side agrees to close
  }

  function say(cause: LinkRefusal): void {
    tell({ t: 'refused', cause, time: relay.platform.now() });
    peer.close(CLOSED.refused, cause);
  }

  async function open(signature: Uint8Array): Promise<void> {
    const proven = hello === null ? fail<LinkRefusal>('malformed') : await prove(relay, hello, nonce, signature);
    if (!proven.ok) {
      if (proven.cause === 'revoked' && hello !== null) showDirectory(hello.org);
      return refuse(proven.cause);
    }
    if (!relay.shares.admit(proven.value.org, proven.value.device)) return refuse('busy');
    stranger.known();
    peer.accept();
    const opened = makeLink(relay, peer, proven.value, refuse);
    link = opened;
    relay.links.add(opened);
    if (!relay.directories.state(opened.org)?.devices.has(opened.device)) return refuse('revoked'); // revoked while it was being proved
    noteContact(relay, opened);
    relay.log.info({ link: name, device: short(opened.device), links: relay.links.count() }, 'link open');
    await welcome(relay, opened);
    opened.begin();
    tellOfLack(relay, opened, relay.chunks.spoiled(opened.org));
  }

  /** The whole directory of a device that is shut out: it cannot ask for it, and locks itself by its authority's word alone. */
  function showDirectory(org: OrgId): void {
    const state = relay.directories.state(org);
    if (state === null) return;
    for (let after = 0; after < state.n;) {
      const statements = relay.directories.statements(org, after, LIMITS.pull);
      if (statements.length === 0) return;
      tell({ t: 'directory', q: null, org, after, statements, n: state.n, head: state.head });
      after += statements.length;
    }
  }

  tell({ t: 'challenge', version: LINK_VERSION, nonce, relayKey: relay.keys.publicKey, time: relay.platform.now() });
}

const anyMessage = z.object({ t: z.string() });
const MESSAGES: ReadonlySet<string> = new Set(toRelay.options.map((option) => option.shape.t.value));

function isUnknownMessage(frame: Uint8Array): boolean {
  const outer = decodeMessage(anyMessage, frame);
  return outer.ok && !MESSAGES.has(outer.value.t);
}

/** Whether the device that says hello holds the key its directory has for it, and has not been revoked. */
async function prove(
  relay: Relay,
  hello: Hello,
  nonce: Uint8Array,
  signature: Uint8Array,
): Promise<Result<{ org: OrgId; device: DeviceId }, LinkRefusal>> {
  if (hello.version !== LINK_VERSION && hello.version !== LINK_VERSION - 1) return fail('version');
  const organisation = await relay.directories.find(hello.org);
  if (organisation === null) return fail('unknown organisation');
  const device = organisation.directory.known.get(hello.device);
  if (!device) return fail('unknown device');
  const key = await importVerifyKey(relay.platform, device.signKey);
  if (!(await verify(relay.platform, key, signature, LABEL.link, nonce, relay.keys.publicKey)))
    return fail('bad signature');
  if (relay.rules.isSuspended(hello.device, relay.platform.now())) return fail('suspended');
  if (!organisation.directory.devices.has(hello.device)) return fail('revoked'); // asked last: it may have happened meanwhile
  return ok({ org: hello.org, device: hello.device });
}

/** When the device was last here; lost rather than waited for when the disk is full. */
const noteContact = (relay: Relay, { device, org }: DeviceLink): void =>
  relay.commits.add({ write: () => relay.rules.noteContact(device, org, relay.platform.now()), settle: () => {} });

function makeLink(
  relay: Relay,
  peer: Peer,
  who: { org: OrgId; device: DeviceId },
  refuse: DeviceLink['refuse'],
): OpenLink {
  const ending = new AbortController();
  const moved = new Set<AreaId>();
  const boxesFor = new Set<Hash>();
  let begun = false;
  const tell = (message: FromRelay): void => peer.send(frameOf(message));
  const canTake = (): boolean => begun && !peer.isBehind();

  async function tellMoved(area: OpenArea): Promise<void> {
    tell({ t: 'moved', tip: await relay.areas.tipOf(area) });
  }

  function catchUp(): void {
    if (!canTake() || (moved.size === 0 && boxesFor.size === 0)) return;
    const areas = [...moved].map((id) => relay.areas.find(id));
    const subjects = [...boxesFor];
    moved.clear();
    boxesFor.clear();
    for (const area of areas) if (area) void tellMoved(area);
    for (let at = 0; at < subjects.length; at += LIMITS.boxes)
      tell({ t: 'new boxes', subjects: subjects.slice(at, at + LIMITS.boxes) });
  }

  return {
    ...who,
    token: randomBytes(32).toString('base64url'),
    watching: new Set(),
    unjudged: 0,
    unjudgedEntries: 0,
    ended: ending.signal,
    tell,
    push(area, frame) {
      if (canTake() && !moved.has(area.id)) {
        relay.meters.deliveries.inc({});
        peer.send(frame);
      } else {
        relay.meters.dropped.inc({});
        moved.add(area.id);
      }
    },
    move(area) {
      moved.add(area.id);
      catchUp();
    },
    tellOfBoxes(subjects) {
      for (const subject of subjects) boxesFor.add(subject);
      catchUp();
    },
    pass(frame) {
      if (canTake()) peer.send(frame);
    },
    refuse,
    isSlow: () => peer.isBehind(),
    leave(after) {
      tell({ t: 'leaving', after });
      peer.close(CLOSED.leaving, 'the relay is shutting down');
    },
    begin() {
      begun = true;
      catchUp();
    },
    catchUp,
    end: () => ending.abort(),
  };
}
