/**
 * What a guest may never write, and where nobody may let one in: judged by relay and every client alike. Beside the cases, over
 * random acts of a guest's device and random grants: nothing of a guest's counts but in an area made for guests.
 */
import * as fc from 'fast-check';
import { beforeEach, expect, it } from 'vitest';
import { utf8 } from '../../primitives/bytes.ts';
import type { PersonId, SeatId } from '../../primitives/ids.ts';
import { newId } from '../../primitives/naming.ts';
import { rolesOf, seatsOf } from '../directory/directory.ts';
import type { Area, Org, Writer } from '../fixture.ts';
import {
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
import type { Role } from './chain.ts';
import { AREA_KINDS, ROLES } from './chain.ts';
import { admit, emptyArea, roleIn } from './admit.ts';
import { intakeOf } from './places.ts';

let force: Org;
let service: Org;
let lead: Writer;
let guest: Writer;
let lawyer: Writer;
const plain = utf8('content');

beforeEach(async () => {
  [force, service] = [await makeOrg('Force'), await makeOrg('Service')];
  lead = await enrol(force, 'Lead');
  lawyer = await enrol(service, 'Lawyer');
  await pair(force, service);
  guest = await enrol(force, 'Guest');
  await say(force, {
    is: 'guest',
    person: guest.person,
    seat: guest.seat,
    from: 'Laboratory',
    sponsor: lead.person,
    sponsorSeat: lead.seat,
    until: '2027-02-20',
  });
});

async function areaOf(kind: (typeof AREA_KINDS)[number], role: Role | null, others: readonly Writer[] = []) {
  for (const writer of [lead, guest]) Object.assign(writer, { counter: 0, prev: null }); // each area counts anew
  const area = makeArea(force, service);
  const seats = [
    grantTo(lead, 'lead'),
    ...(role === null ? [] : [grantTo(guest, role)]),
    ...others.map((one) => grantTo(one, 'contributor')),
  ];
  const made = await createOp(area, force.org, seats);
  const op = made.op === 'create' ? { ...made, kind } : made;
  const verdict = await tryAdmit(area, lead, await writeChain(lead, area, op));
  return { area, verdict };
}
const chain = async (by: Writer, area: Area, op: Parameters<typeof writeChain>[2]) =>
  tryAdmit(area, by, await writeChain(by, area, op));

it('lets a guest read and write where it was made for one, by the role that they were given', async () => {
  const { area, verdict } = await areaOf('guest', 'contributor');
  expect(verdict).toBe('ok');
  expect(await tryAdmit(area, guest, await write(guest, area, 'event', plain))).toBe('ok');
  const view = await areaOf('guest', 'reader');
  expect(await tryAdmit(view.area, guest, await write(guest, view.area, 'event', plain))).toBe('no right');
});

it('takes no grant to a guest anywhere else, none that lets them lead, and nobody of another organisation among them', async () => {
  for (const kind of AREA_KINDS)
    for (const role of ROLES)
      expect([kind, role, (await areaOf(kind, role)).verdict]).toEqual([
        kind,
        role,
        kind === 'guest' && role !== 'lead' ? 'ok' : 'no right',
      ]);
  expect((await areaOf('guest', null, [lawyer])).verdict).toBe('no right');
  const { area } = await areaOf('working papers', null);
  const grant = { op: 'grant' as const, seats: [grantTo(guest, 'reader')] };
  expect(await chain(lead, area, grant)).toBe('no right');
});

it('takes no act on access from a guest: no area, no grant, no removal, no key', async () => {
  const { area } = await areaOf('guest', 'contributor');
  expect(await chain(guest, area, { op: 'grant', seats: [grantTo(guest, 'contributor')] })).toBe('no right');
  expect(await chain(guest, area, { op: 'remove', seats: [lead.seat] })).toBe('no right');
  expect(await chain(guest, area, { op: 'key', key: await keyChange(area, 2) })).toBe('no right');
  const own = makeArea(force);
  const made = await createOp(own, force.org, [grantTo(guest, 'contributor'), grantTo(lead, 'lead')]);
  expect(await chain(guest, own, made.op === 'create' ? { ...made, kind: 'guest' } : made)).toBe('no right');
});

it('lets a guest put their audit, and nothing else, into an in-tray of the organisation, and nothing into a partner’s', async () => {
  for (const [org, seat] of [
    [force.org, lead.seat],
    [service.org, lawyer.seat],
  ] as const) {
    const id = await intakeOf(platform, org, seat);
    for (const kind of ['package', 'receipt', 'event', 'audit'] as const) {
      const area = { ...makeArea(force, service), area: id };
      const state = emptyArea(id, { org, seat });
      Object.assign(guest, { counter: 0, prev: null });
      const entry = await write(guest, area, kind, plain);
      const verdict = await admit(platform, state, directoriesOf(force, service), entry);
      const may = org === force.org && kind === 'audit';
      // Sealed as an area's, it would be refused for that alone once the right is there.
      expect([kind, verdict.ok ? 'ok' : verdict.cause]).toEqual([kind, may ? 'wrong seal' : 'no right']);
    }
  }
});

it('gives a guest no other post, whatever a directory says besides, and no other role', async () => {
  await say(force, { is: 'holds', person: guest.person, seat: lead.seat });
  await say(force, { is: 'roles', seat: guest.seat, roles: ['supervisor'] });
  expect([...seatsOf(force.directory, guest.device)]).toEqual([guest.seat]);
  expect(rolesOf(force.directory, guest.device)).toEqual(['guest']);
});

it('never makes a guest’s of a post that is somebody’s, nor of one guest’s post another’s', async () => {
  const key = {
    is: 'seat' as const,
    seat: lead.seat,
    generation: 1,
    publicKey: lead.boxKeys.publicKey,
    madeBy: lead.device,
  };
  await say(force, key);
  const other = newId<PersonId>(platform);
  const said = { from: 'x', sponsor: lead.person, sponsorSeat: lead.seat, until: '2027-01-01' };
  await say(force, { is: 'guest', person: other, seat: lead.seat, ...said });
  await say(force, { is: 'guest', person: other, seat: guest.seat, ...said });
  expect(force.directory.guests.has(other)).toBe(false);
  await say(force, { is: 'guest', person: guest.person, seat: newId<SeatId>(platform), ...said });
  expect(force.directory.guests.get(guest.person)?.seat).toBe(guest.seat);
});

it('gives a post that was let in before it was a guest’s nothing there any more, whatever the area', async () => {
  for (const kind of AREA_KINDS) {
    const late = await enrol(force, 'Later a guest');
    const { area, verdict } = await areaOf(kind, null, [late]);
    expect(verdict).toBe('ok');
    const role = (): Role | null => area.state.access && roleIn(area.state.access, force.directory, late.device);
    expect(role()).toBe('contributor');
    const said = { from: 'x', sponsor: lead.person, sponsorSeat: lead.seat, until: '2027-01-01' };
    await say(force, { is: 'guest', person: late.person, seat: late.seat, ...said });
    expect([kind, role()]).toEqual([kind, kind === 'guest' ? 'contributor' : null]);
    const writes = await tryAdmit(area, late, await write(late, area, 'receipt', plain));
    expect([kind, writes]).toEqual([kind, kind === 'guest' ? 'ok' : 'no right']);
  }
});

it('whatever is granted and whatever a guest writes: none of it counts outside of an area for guests', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...AREA_KINDS),
      fc.option(fc.constantFrom(...ROLES)),
      fc.array(fc.constantFrom('event', 'edit', 'receipt', 'audit', 'grant', 'key'), { maxLength: 4 }),
      async (kind, role, acts) => {
        const { area, verdict } = await areaOf(kind, role);
        for (const act of acts) {
          const said =
            act === 'grant'
              ? await chain(guest, area, { op: 'grant', seats: [grantTo(guest, 'lead')] })
              : act === 'key'
                ? await chain(guest, area, { op: 'key', key: await keyChange(area, 2) })
                : await tryAdmit(area, guest, await write(guest, area, act, plain));
          const isOn = act === 'grant' || act === 'key';
          const may = verdict === 'ok' && kind === 'guest' && !isOn;
          expect(said === 'ok' && !may).toBe(false);
        }
      },
    ),
    { numRuns: 30 },
  );
});
