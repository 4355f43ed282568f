/** Who may open an area in an emergency, for how long, and what it lets them do: the same verdict wherever it is asked. */
import { beforeEach, expect, it } from 'vitest';
import { utf8 } from '../../primitives/bytes.ts';
import type { Hash } from '../../primitives/ids.ts';
import type { Millis } from '../../primitives/units.ts';
import { HOUR } from '../../primitives/units.ts';
import type { Area, Org, Writer } from '../fixture.ts';
import {
  NOON,
  createOp,
  directoriesOf,
  enrol,
  grantTo,
  keyChange,
  makeArea,
  makeOrg,
  pair,
  platform,
  say,
  tryAdmit,
  write,
  writeChain,
} from '../fixture.ts';
import { admit } from './admit.ts';
import type { AreaKind } from './chain.ts';
import { LONGEST_EMERGENCY, emergencyAt, hashReason, mayInEmergency } from './emergency.ts';

let force: Org;
let lead: Writer;
let clerk: Writer;
let duty: Writer;
let lawyer: Writer;
let area: Area;
let reason: Hash;

beforeEach(async () => {
  force = await makeOrg('Force');
  const service = await makeOrg('Service');
  [lead, clerk, duty] = [await enrol(force, 'Lead'), await enrol(force, 'Clerk'), await enrol(force, 'Duty')];
  lawyer = await enrol(service, 'Lawyer');
  await pair(force, service);
  await say(force, { is: 'roles', seat: duty.seat, roles: ['emergency access'] });
  await say(service, { is: 'roles', seat: lawyer.seat, roles: ['emergency access'] });
  area = makeArea(force, service);
  await create(area, 'working papers');
  reason = await hashReason(platform, new Uint8Array(16), 'A child is missing');
});

async function create(into: Area, kind: AreaKind, by = lead): Promise<void> {
  const op = await createOp(into, force.org, [grantTo(by, 'lead'), grantTo(clerk, 'contributor')]);
  if (op.op !== 'create') throw new Error('no creation');
  expect(await tryAdmit(into, by, await writeChain(by, into, { ...op, kind }))).toBe('ok');
}
const open = async (writer: Writer, until: Millis, into = area) =>
  tryAdmit(into, writer, await writeChain(writer, into, { op: 'emergency', until, reason }, { chain: null }));
const standing = (at: Millis, of = duty) =>
  area.state.access && emergencyAt(area.state.access, of.org.directory, of.device, at);

it('is for whom the organisation lets, without knowing the chain, and for that one device', async () => {
  expect(await open(clerk, NOON + HOUR)).toBe('no right');
  expect(await open(duty, NOON + HOUR)).toBe('ok');
  expect(standing(NOON)).toMatchObject({ device: duty.device, until: NOON + HOUR, reason });
  expect(standing(NOON, clerk)).toBe(null);
  expect(standing(NOON + HOUR - 1)).not.toBe(null);
  expect(standing(NOON + HOUR), 'at the limit it is over, whoever has said so').toBe(null);
});

it('is refused across organisations, to guests, to who has left, and in what nobody opens in haste', async () => {
  expect(await open(lawyer, NOON + HOUR), 'of an organisation that does not read it').toBe('no right');
  const guest = await enrol(force, 'Guest');
  await say(force, { is: 'roles', seat: guest.seat, roles: ['emergency access', 'guest'] });
  expect(await open(guest, NOON + HOUR)).toBe('no right');
  await say(force, { is: 'roles', seat: guest.seat, roles: ['emergency access'] });
  expect(await open(guest, NOON + HOUR), 'of whom nothing speaks against').toBe('ok');
  const kept = makeArea(force);
  await create(kept, 'sensitive', await enrol(force, 'Keeper'));
  expect(await open(duty, NOON + HOUR, kept)).toBe('no right');
  expect(await open(duty, NOON + HOUR)).toBe('ok');
  await say(force, { is: 'revoked', device: duty.device });
  expect(mayInEmergency(force.directory, duty.device)).toBe(false);
  expect(standing(NOON), 'also one that stood already').toBe(null);
  expect(await open(duty, NOON + HOUR)).toBe('no right');
});

it('lasts no longer than is allowed, by whatever clock', async () => {
  expect(await open(duty, NOON + LONGEST_EMERGENCY + 1)).toBe('over-wide');
  const ahead = NOON + 1000 * HOUR;
  const op = { op: 'emergency', until: ahead + HOUR, reason } as const;
  const entry = await writeChain(duty, area, op, { chain: null, time: ahead });
  const verdict = await admit(platform, area.state, directoriesOf(...area.orgs), entry, NOON);
  expect(verdict).toEqual({ ok: false, cause: 'over-wide' });
  // Ordered again by a relay that was restored, days later: the same verdict, and it gives nothing.
  const again = await writeChain(duty, area, { ...op, until: NOON + HOUR }, { chain: null });
  expect((await admit(platform, area.state, directoriesOf(...area.orgs), again, ahead)).ok).toBe(true);
});

it('lets read and be audited, and nothing else; ends by the person, or by who writes there', async () => {
  expect(await open(duty, NOON + HOUR)).toBe('ok');
  const plain = utf8('content');
  expect(await tryAdmit(area, duty, await write(duty, area, 'event', plain))).toBe('no right');
  expect(await tryAdmit(area, duty, await write(duty, area, 'receipt', plain))).toBe('ok');
  const grant = { op: 'grant', seats: [grantTo(duty, 'lead')] } as const;
  expect(await tryAdmit(area, duty, await writeChain(duty, area, grant))).toBe('no right');
  expect(await tryAdmit(area, duty, await writeChain(duty, area, { op: 'key', key: await keyChange(area, 2) }))).toBe(
    'no right',
  );
  const over = { op: 'emergency over', devices: [duty.device] } as const;
  expect(await tryAdmit(area, duty, await writeChain(duty, area, over))).toBe('ok');
  expect(standing(NOON)).toBe(null);
  expect(await open(duty, NOON + 2 * HOUR)).toBe('ok');
  expect(await tryAdmit(area, clerk, await writeChain(clerk, area, over))).toBe('ok');
  expect(standing(NOON)).toBe(null);
});
