/**
 * Answering a laptop's sealed request. The relay carries request and answer, and learns the status word alone. Promises
 * that a code enrols one device, that a request whose answer was lost on the way is answered again alike, and that five
 * wrong secrets end a code. Changes nothing for a `look`. What an enrolled device asks goes on to `seats.ts` and `devices/`, what a
 * stranger asks to `answerStranger.ts`.
 */
import { toHex } from '../../../shared/primitives/bytes.ts';
import type { DeviceId, PersonId } from '../../../shared/primitives/ids.ts';
import { assertNever, fail, ok } from '../../../shared/primitives/result.ts';
import type { Result } from '../../../shared/primitives/result.ts';
import { DAY } from '../../../shared/primitives/units.ts';
import { deviceIdOf } from '../../../shared/seal/directory/card.ts';
import type { Device, DirectoryState } from '../../../shared/seal/directory/directory.ts';
import type { EnrolmentCode } from '../../../shared/seal/devices/enrolment.ts';
import { checkDevice, openAsk, sealAnswer } from '../../../shared/seal/devices/enrolment.ts';
import { DEVICE_ASK } from '../../../shared/seal/devices/deviceAsk.ts';
import { STRANGER_ASK } from '../../../shared/seal/devices/strangerAsk.ts';
import { SEAT_ASK } from '../../../shared/seal/devices/seatAsk.ts';
import type { AskAnswer, EnrolAnswer, EnrolAsk } from '../../../shared/wire/http.ts';
import { enrolAsk } from '../../../shared/wire/http.ts';
import type { Authority } from '../authority.ts';
import { answerStranger } from './answerStranger.ts';
import { codeOf } from './codes.ts';
import type { Change } from '../directory.ts';
import { mayAdmit } from '../devices/approving.ts';
import { answerDevice } from '../devices/answerDevice.ts';
import { areKeys, dueKeys, takeSeatAsk } from './seats.ts';
import type { CodeRow } from '../store.ts';
import { WRONG_LIMIT } from '../store.ts';

export type AskStatus = AskAnswer['status'];
type Refusal = Exclude<AskStatus, 'answered'>;
type Enrol = Extract<EnrolAsk, { do: 'enrol' }>;

export interface Answered {
  readonly status: AskStatus;
  readonly sealed: Uint8Array | null;
  /** How far the directory must be published before a device may be told that it is in it. */
  readonly upTo: number;
}

export async function answerAsk(
  authority: Authority,
  relayKey: Uint8Array,
  name: string,
  sealed: Uint8Array,
): Promise<Answered> {
  if (name === SEAT_ASK) {
    const taken = await takeSeatAsk(authority, sealed);
    return taken.ok
      ? { status: 'answered', sealed: null, upTo: taken.value }
      : { status: taken.cause, sealed: null, upTo: 0 };
  }
  if (name === DEVICE_ASK) {
    const done = await answerDevice(authority, sealed);
    return done.ok ? { status: 'answered', ...done.value } : { status: done.cause, sealed: null, upTo: 0 };
  }
  if (name === STRANGER_ASK) {
    const done = await answerStranger(authority, sealed);
    return done.ok
      ? { status: 'answered', sealed: done.value, upTo: 0 }
      : { status: done.cause, sealed: null, upTo: 0 };
  }
  const opened = await openWithCode(authority, name, sealed);
  if (!opened.ok) return { status: opened.cause, sealed: null, upTo: 0 };
  const { code, row, ask } = opened.value;
  const answer = await decide(authority, relayKey, row, code, ask);
  if (!answer.ok) return { status: answer.cause, sealed: null, upTo: 0 };
  const upTo = answer.value.is === 'enrolled' ? answer.value.n : 0;
  return { status: 'answered', sealed: await sealAnswer(authority.platform, ask.replyKey, code, answer.value), upTo };
}

interface Opened {
  readonly row: CodeRow;
  readonly code: EnrolmentCode;
  readonly ask: EnrolAsk;
}

/** Finds the code and opens the request with it. A used code still opens one, for the device that used it. */
async function openWithCode(authority: Authority, name: string, sealed: Uint8Array): Promise<Result<Opened, Refusal>> {
  const { platform, store, keys } = authority;
  const row = store.code(name);
  if (row === null) return fail('unknown code');
  if (row.usedBy === null && row.wrong >= WRONG_LIMIT) return fail('void');
  if (row.usedBy === null && row.expires < platform.now()) return fail('expired');
  if (row.secret === '') return fail('used');
  const code = await codeOf(authority, row);
  const plain = await openAsk(platform, keys.boxKeys, code, sealed);
  if (plain === null) {
    if (row.usedBy !== null) return fail('used');
    store.countWrong(name);
    return fail('wrong secret');
  }
  const ask = enrolAsk.safeParse(plain);
  if (!ask.success || !(await areKeys(platform, keysIn(ask.data)))) return fail('malformed');
  if (Math.abs(ask.data.time - platform.now()) > DAY) return fail('clock');
  return ok({ row, code, ask: ask.data });
}

const keysIn = (ask: EnrolAsk): Uint8Array[] =>
  ask.do === 'look'
    ? [ask.replyKey]
    : [ask.replyKey, ask.device.signKey, ask.device.boxKey, ...ask.seats.map((s) => s.publicKey)];

function decide(
  authority: Authority,
  relayKey: Uint8Array,
  row: CodeRow,
  code: EnrolmentCode,
  ask: EnrolAsk,
): Promise<Result<EnrolAnswer, Refusal>> {
  switch (ask.do) {
    case 'look':
      return offer(authority, relayKey, row);
    case 'enrol':
      return enrol(authority, relayKey, code, ask);
    default:
      return assertNever(ask);
  }
}

async function offer(
  { platform, keys, directory }: Authority,
  relayKey: Uint8Array,
  row: CodeRow,
): Promise<Result<EnrolAnswer, Refusal>> {
  const state = await directory.state();
  const person = row.person as PersonId;
  const posts = [...(state.holds.get(person) ?? [])].flatMap((seat) => {
    const post = state.posts.get(seat);
    return post === undefined ? [] : [{ seat, title: post.title, unit: post.unit, hasKey: state.seats.has(seat) }];
  });
  const personName = state.people.get(person)?.name ?? '';
  return ok({
    is: 'offer',
    used: row.usedBy !== null,
    org: keys.org,
    orgName: keys.card.name,
    person,
    personName,
    posts,
    relayKey,
    time: platform.now(),
  });
}

async function enrol(
  authority: Authority,
  relayKey: Uint8Array,
  code: EnrolmentCode,
  ask: Enrol,
): Promise<Result<EnrolAnswer, Refusal>> {
  const { platform, store, directory } = authority;
  const { signKey, proof } = ask.device;
  if (!(await checkDevice(platform, signKey, code, ask.replyKey, proof))) return fail('malformed');
  const device = await deviceIdOf(platform, signKey);
  const may = mayAdmit(authority, code.name, ask);
  if (!may.ok) return may;
  if (may.value !== 'yes') return ok({ is: 'waiting', nonce: may.value.nonce, relayKey, time: platform.now() });
  const done = await directory.change<null, Refusal>((state) => admission(state, store.code(code.name), device, ask));
  if (!done.ok) return done;
  const state = await directory.state();
  const accepted = ask.seats.filter(({ seat, publicKey }) => {
    const held = state.seats.get(seat);
    return held !== undefined && held.madeBy === device && toHex(held.publicKey) === toHex(publicKey);
  });
  const after = ask.after ?? 0;
  return ok({
    is: 'enrolled',
    device,
    accepted: accepted.map((s) => s.seat),
    relayKey,
    statements: store.statements(after, Math.max(0, state.n - after)),
    n: state.n,
    time: platform.now(),
  });
}

/** What enrolling adds to the directory; nothing where this device used this very code already. */
function admission(
  state: DirectoryState,
  row: CodeRow | null,
  device: DeviceId,
  ask: Enrol,
): Result<Change<null>, Refusal> {
  if (row === null) return fail('unknown code');
  const before = state.known.get(device);
  if (row.usedBy !== null)
    return row.usedBy === device && isSame(state, before, ask) ? ok({ statements: [], value: null }) : fail('used');
  if (row.wrong >= WRONG_LIMIT) return fail('void');
  const person = row.person as PersonId;
  // A device's keys are made for one enrolment. One whose answer was lost may come again with another code of the same person.
  if (before !== undefined)
    return before.person === person && isSame(state, before, ask)
      ? ok({ statements: [], value: null, use: { code: row.name, device } })
      : fail('malformed');
  const { name, signKey, boxKey } = ask.device;
  return ok({
    statements: [
      { is: 'device', device, person, name, signKey, boxKey },
      ...dueKeys(
        state,
        person,
        device,
        ask.seats.map((seat) => ({ ...seat, generation: 1 })),
      ),
    ],
    value: null,
    use: { code: row.name, device },
  });
}

const isSame = (state: DirectoryState, before: Device | undefined, ask: Enrol): boolean =>
  before !== undefined && state.devices.has(before.device) && toHex(before.boxKey) === toHex(ask.device.boxKey);
