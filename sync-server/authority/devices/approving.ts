/**
 * A new computer, let in by somebody at one that is in: their own other one, or a key-admin's. The code comes from there, and
 * the computer that brings it waits until the same short code was seen on both. Removing and naming a computer, too. Promises
 * that a person does this for themselves alone, unless an administrator made them a key-admin.
 */
import { equalBytes } from '../../../shared/primitives/bytes.ts';
import type { DeviceId, PersonId } from '../../../shared/primitives/ids.ts';
import type { Result } from '../../../shared/primitives/result.ts';
import { fail, ok } from '../../../shared/primitives/result.ts';
import { compareDigits } from '../../../shared/seal/devices/comparing.ts';
import type { DeviceAnswer } from '../../../shared/wire/deviceAsk.ts';
import type { EnrolAsk } from '../../../shared/wire/http.ts';
import { readName, revokeDevice } from '../acts.ts';
import type { Authority } from '../authority.ts';
import { issueCode } from '../enrol/codes.ts';
import type { NewComputer } from './deviceStore.ts';
import { ANY_KEY_ADMIN } from './deviceStore.ts';

type Declined = Extract<DeviceAnswer, { is: 'declined' }>;

const declined = (cause: Declined['cause']): Declined => ({ is: 'declined', cause });
const DONE: DeviceAnswer = { is: 'done' };
/** A code that one hands to oneself is used at once. */
const DAYS = 1;

const isKeyAdmin = ({ store }: Authority, person: PersonId): boolean => store.devices.keyAdmins().has(person);
const mayFor = (authority: Authority, asker: PersonId, person: PersonId): boolean =>
  asker === person || isKeyAdmin(authority, asker);

export async function codeFor(authority: Authority, asker: PersonId, person: PersonId): Promise<DeviceAnswer> {
  if (!mayFor(authority, asker, person)) return declined('not yours');
  // A guest's computer comes with a code from who answers for them, and with nothing else.
  if ((await authority.directory.state()).guests.has(person)) return declined('not yours');
  const issued = await issueCode(authority, person, DAYS);
  if (!issued.ok) return declined('not known');
  authority.store.devices.needApproval(issued.value.name, asker);
  return { is: 'code', code: issued.value.code, expires: issued.value.expires };
}

/** The computers that wait for this person's word. */
export async function waitingFor(authority: Authority, asker: PersonId): Promise<DeviceAnswer> {
  const { platform, store } = authority;
  const state = await authority.directory.state();
  const anybodys = store.devices.waiting(ANY_KEY_ADMIN).filter(({ code }) => {
    const person = store.code(code)?.person;
    return person !== undefined && mayFor(authority, asker, person as PersonId);
  });
  const waiting = [...store.devices.waiting(asker), ...anybodys].flatMap(({ code, computer }) => {
    const row = store.code(code);
    return computer === null || row === null || row.usedBy !== null || row.secret === '' ? [] : [{ row, computer }];
  });
  const computers = await Promise.all(
    waiting.map(async ({ row, computer }) => ({
      code: row.name,
      person: row.person as PersonId,
      personName: state.people.get(row.person as PersonId)?.name ?? '',
      name: computer.name,
      digits: await compareDigits(platform, { code: row.name, ...computer }),
    })),
  );
  return { is: 'waiting', computers, isKeyAdmin: isKeyAdmin(authority, asker) };
}

export async function decideOn(
  authority: Authority,
  asker: PersonId,
  code: string,
  digits: string | null,
): Promise<DeviceAnswer> {
  const { platform, store } = authority;
  const approval = store.devices.approval(code);
  const person = store.code(code)?.person as PersonId | undefined;
  if (approval === null || approval.computer === null || person === undefined) return declined('not yours');
  const isTheirs = approval.approver === ANY_KEY_ADMIN ? mayFor(authority, asker, person) : approval.approver === asker;
  if (!isTheirs) return declined('not yours');
  if (digits === null) store.voidCode(code);
  else if (digits !== (await compareDigits(platform, { code, ...approval.computer }))) return declined('not known');
  else store.devices.admit(code);
  return DONE;
}

export async function removeComputer(authority: Authority, asker: PersonId, device: DeviceId): Promise<DeviceAnswer> {
  const owner = (await authority.directory.state()).known.get(device)?.person;
  if (owner === undefined) return declined('not known');
  if (!mayFor(authority, asker, owner)) return declined('not yours');
  const done = await revokeDevice(authority, device);
  return done.ok ? DONE : declined('not known');
}

export async function nameComputer(
  { directory }: Authority,
  asker: PersonId,
  device: DeviceId,
  text: string,
): Promise<DeviceAnswer> {
  const name = readName(text);
  if (!name.ok) return declined('not known');
  const done = await directory.change<null, Declined['cause']>((state) => {
    const before = state.devices.get(device);
    if (before === undefined) return fail('not known');
    if (before.person !== asker) return fail('not yours');
    const { person, signKey, boxKey } = before;
    const named = { is: 'device' as const, device, person, name: name.value, signKey, boxKey };
    return ok({ statements: before.name === name.value ? [] : [named], value: null });
  });
  return done.ok ? DONE : declined(done.cause);
}

/**
 * Whether a computer that brings this code may be admitted now; the nonce where it must wait for somebody's word. `used`: another
 * computer came with the code before it.
 */
export function mayAdmit(
  { platform, store }: Authority,
  code: string,
  { device: { signKey, boxKey, name } }: Extract<EnrolAsk, { do: 'enrol' }>,
): Result<'yes' | { readonly nonce: Uint8Array }, 'used'> {
  const approval = store.devices.approval(code);
  if (approval === null) return ok('yes');
  const fresh: NewComputer = { signKey, boxKey, name, nonce: platform.random(16), asked: platform.now() };
  if (approval.computer === null) store.devices.putComputer(code, fresh);
  const computer = store.devices.approval(code)?.computer ?? fresh;
  if (!equalBytes(computer.signKey, signKey) || !equalBytes(computer.boxKey, boxKey)) return fail('used');
  return ok(approval.isAdmitted ? 'yes' : { nonce: computer.nonce });
}
