/** Who reads an area is kept from commit to commit, and never longer than what it rests on. */
import { expect, test } from 'vitest';
import type { AreaId, DeviceId, Hash, OrgId, PersonId, SeatId } from '../../../shared/primitives/ids.ts';
import { emptyDirectory } from '../../../shared/seal/directory/directory.ts';
import type { DirectoryState } from '../../../shared/seal/directory/directory.ts';
import type { AccessState } from '../../../shared/seal/area/chain.ts';
import type { OpenArea } from './areas.ts';
import type { Relay } from '../context.ts';
import type { DeviceLink } from '../links/links.ts';
import { openLinks } from '../links/links.ts';
import { readersNow } from './readers.ts';

const [org, seat, person] = ['a'.repeat(32) as OrgId, 'b'.repeat(32) as SeatId, 'c'.repeat(32) as PersonId];
const [first, second] = ['1'.repeat(32) as DeviceId, '2'.repeat(32) as DeviceId];

const directory = (devices: readonly DeviceId[]): DirectoryState =>
  ({
    ...emptyDirectory(org),
    devices: new Map(devices.map((device) => [device, { person }])),
    holds: new Map([[person, new Set([seat])]]),
    roles: new Map([[seat, ['emergency access']]]),
  }) as unknown as DirectoryState;

const access = (seats: readonly SeatId[], emergencies: AccessState['emergencies'] = new Map()): AccessState =>
  ({
    seats: new Map(seats.map((one) => [one, { org, seat: one, role: 'reader' }])),
    emergencies,
  }) as unknown as AccessState;

function world() {
  const links = openLinks();
  let counted = 0;
  const at = { now: 0, directory: directory([first, second]) };
  const relay = {
    links: { ...links, of: (id: OrgId) => (counted++, links.of(id)) },
    directories: { state: (id: OrgId) => (id === org ? at.directory : null) },
  } as unknown as Relay;
  const area = {
    id: 'd'.repeat(32) as AreaId,
    intake: null,
    durable: { place: null, access: access([seat]) },
    left: new Set(),
    now: () => at.now,
  } as unknown as OpenArea;
  const [one, two] = [first, second].map((device) => ({ org, device, token: device }) as unknown as DeviceLink) as [
    DeviceLink,
    DeviceLink,
  ];
  links.add(one);
  links.add(two);
  const reading = (): readonly string[] => readersNow(relay, area).map(({ device }) => device);
  return { links, at, area, two, reading, counted: () => counted };
}

test('they are looked for once while nothing changes', () => {
  const { reading, counted } = world();
  expect([reading(), reading(), reading()]).toEqual([0, 1, 2].map(() => [first, second]));
  expect(counted()).toBe(1);
});

test('a link that opens or ends, a device that is revoked, a post that is removed, a copy that is disposed of: at once', () => {
  const { links, at, area, two, reading } = world();
  expect(reading()).toEqual([first, second]);
  links.remove(two);
  expect(reading()).toEqual([first]);
  links.add(two);
  expect(reading()).toEqual([first, second]);
  at.directory = directory([second]);
  expect(reading()).toEqual([second]);
  at.directory = directory([first, second]);
  area.durable = { ...area.durable, access: access([]) };
  expect(reading()).toEqual([]);
  area.durable = { ...area.durable, access: access([seat]) };
  expect(reading()).toEqual([first, second]);
  area.left = new Set([org]);
  expect(reading()).toEqual([]);
});

test('an emergency ends at its time, though nothing else has changed', () => {
  const { at, area, reading } = world();
  const other = 'e'.repeat(32) as SeatId;
  const emergencies = new Map([[first, { device: first, org, until: 10, reason: 'f'.repeat(64) as Hash }]]);
  area.durable = { ...area.durable, access: access([other], emergencies) };
  expect(reading()).toEqual([first]);
  at.now = 9;
  expect(reading()).toEqual([first]);
  at.now = 10;
  expect(reading()).toEqual([]);
});
