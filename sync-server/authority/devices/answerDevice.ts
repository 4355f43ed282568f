/**
 * Answers what an enrolled device asks (`shared/wire/deviceAsk.ts`). Promises that nobody whom the directory does not admit
 * today is told more than that, and that an act which was done is answered alike when it is asked again.
 */
import type { Result } from '../../../shared/primitives/result.ts';
import { assertNever, fail, ok } from '../../../shared/primitives/result.ts';
import type { OpenedAsk } from '../../../shared/seal/devices/deviceAsk.ts';
import { openDeviceAsk, sealDeviceAnswer } from '../../../shared/seal/devices/deviceAsk.ts';
import type { DeviceAnswer, DeviceAskBody } from '../../../shared/wire/deviceAsk.ts';
import { deviceAsk } from '../../../shared/wire/deviceAsk.ts';
import { administer } from '../administering.ts';
import type { Authority } from '../authority.ts';
import { isOverOn } from '../guests/ending.ts';
import { today } from '../people/reconcile.ts';
import { areKeys } from '../enrol/seats.ts';
import { rolesOf } from '../../../shared/seal/directory/directory.ts';
import { lastDaysOf } from '../people/lastDays.ts';
import { answersFor, renew } from '../people/personal.ts';
import { askAboutGuest } from '../guests/guests.ts';
import { codeFor, decideOn, nameComputer, removeComputer, waitingFor } from './approving.ts';
import { leaseFor } from './leases.ts';

type Asker = Pick<OpenedAsk, 'device' | 'person'>;

/** The sealed answer, and how far the directory must be published before it is given. */
interface AnsweredDevice {
  readonly sealed: Uint8Array;
  readonly upTo: number;
}

export async function answerDevice(
  authority: Authority,
  sealed: Uint8Array,
): Promise<Result<AnsweredDevice, 'malformed'>> {
  const { platform, keys, directory } = authority;
  const before = await directory.state();
  const opened = await openDeviceAsk(platform, keys.boxKeys, before, sealed);
  if (!opened.ok) return fail('malformed');
  const ask = deviceAsk.safeParse(opened.value.ask);
  if (!ask.success || !(await areKeys(platform, [opened.value.replyKey]))) return fail('malformed');
  const { person, isAdmitted } = opened.value;
  if (!isAdmitted && ask.data.do !== 'lease') return fail('malformed');
  // A guest's last day may be over a moment before that is signed.
  const isOver = ask.data.do === 'lease' && isOverOn(before, person, today(authority));
  const answer: DeviceAnswer =
    isAdmitted && !isOver
      ? await decide(authority, opened.value, ask.data)
      : { is: 'ended', forgets: before.guests.has(person) };
  const { n } = await directory.state();
  return ok({ sealed: await sealDeviceAnswer(opened.value.replyKey, answer), upTo: n > before.n ? n : 0 });
}

function decide(authority: Authority, { device, person }: OpenedAsk, ask: DeviceAskBody): Promise<DeviceAnswer> {
  switch (ask.do) {
    case 'lease':
      return leaseFor(authority, device).then((lease) => ({ is: 'lease', lease }));
    case 'code':
      return codeFor(authority, person, ask.person);
    case 'waiting':
      return waitingFor(authority, person);
    case 'decide':
      return decideOn(authority, person, ask.code, ask.digits);
    case 'remove':
      return removeComputer(authority, person, ask.device);
    case 'name':
      return nameComputer(authority, person, ask.device, ask.name);
    case 'personal':
      return personal(authority, { device, person });
    case 'renew':
      return renewPersonal(authority, { device, person }, ask);
    case 'administer':
      return administer(authority, { device, person }, ask.id, ask.act).then((answer) => ({
        is: 'administered',
        answer,
      }));
    case 'guest':
      return askAboutGuest(authority, { device, person }, ask.id, ask.act).then((answer) => ({ is: 'guest', answer }));
    default:
      return assertNever(ask);
  }
}

async function personal(authority: Authority, asker: Asker): Promise<DeviceAnswer> {
  const grants = answersFor(authority, asker.person, await administers(authority, asker));
  const { directory, people } = authority;
  const facts = people.person(asker.person)?.facts;
  const own =
    facts === undefined
      ? []
      : lastDaysOf(await directory.state(), asker.person, facts, today(authority), people.groups(), people.baselines());
  return {
    is: 'personal',
    grants: grants.map(({ person, seat, until, asks }) => ({ person, seat, until, asks })),
    own: [...own],
  };
}

async function renewPersonal(
  authority: Authority,
  asker: Asker,
  ask: Extract<DeviceAskBody, { do: 'renew' }>,
): Promise<DeviceAnswer> {
  const done = await renew(authority, asker.person, await administers(authority, asker), ask, ask.until);
  if (done.ok) return { is: 'done' };
  return { is: 'declined', cause: done.cause === 'not yours' ? 'not yours' : 'not known' };
}

const administers = async ({ directory }: Authority, { device }: Asker): Promise<boolean> =>
  rolesOf(await directory.state(), device).includes('administrator');
