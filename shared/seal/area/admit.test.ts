/** Every rule of admission, accepting and refusing; each `AdmitCause` is reached at least once. */
import { beforeEach, describe, expect, it } from 'vitest';
import { utf8 } from '../../primitives/bytes.ts';
import { encodeCbor } from '../../primitives/cbor.ts';
import type { AreaId, OrgId } from '../../primitives/ids.ts';
import { newId } from '../../primitives/naming.ts';
import { admit, emptyArea, roleIn } from './admit.ts';
import type { ChainOp, Role } from './chain.ts';
import type { Area, Org, Writer } from '../fixture.ts';
import {
  HASH_0,
  createOp,
  directoriesOf,
  enrol,
  flip,
  grantTo,
  headerOf,
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
import { intakeOf } from './places.ts';

let force: Org;
let service: Org;
let lead: Writer;
let clerk: Writer;
let reader: Writer;
let lawyer: Writer;
let stranger: Writer;
let area: Area;
const plain = utf8('content');

beforeEach(async () => {
  [force, service] = [await makeOrg('Force'), await makeOrg('Service')];
  [lead, clerk, reader, stranger] = [
    await enrol(force, 'Lead'),
    await enrol(force, 'Clerk'),
    await enrol(force, 'Reader'),
    await enrol(force, 'Stranger'),
  ];
  lawyer = await enrol(service, 'Lawyer');
  area = makeArea(force, service);
  const seats = [
    grantTo(lead, 'lead'),
    grantTo(clerk, 'contributor'),
    grantTo(reader, 'reader'),
    grantTo(lawyer, 'lead'),
  ];
  await tryAdmit(area, lead, await writeChain(lead, area, await createOp(area, force.org, seats)));
  if (area.state.access === null) throw new Error('the area was not made');
});

const chain = async (writer: Writer, op: ChainOp | Uint8Array) =>
  tryAdmit(area, writer, await writeChain(writer, area, op));

describe('the shape of an entry', () => {
  it('must be whole, of this area and of this version', async () => {
    const entry = await write(lead, area, 'event', plain);
    expect(await tryAdmit(area, lead, { ...entry, header: entry.header.subarray(1) })).toBe('malformed');
    expect(await tryAdmit(area, lead, { ...entry, header: new Uint8Array([...entry.header, 0]) })).toBe('malformed');
    expect(await tryAdmit(area, lead, await write(lead, area, 'event', plain, { area: newId<AreaId>(platform) }))).toBe(
      'wrong area',
    );
    expect(await tryAdmit(area, lead, await write(lead, area, 'event', plain, { version: 2 }))).toBe('unknown version');
    expect(await tryAdmit(area, lead, await write(lead, area, 'event', plain, { suite: 2 }))).toBe('unknown version');
    expect(await tryAdmit(area, lead, entry)).toBe('ok');
  });

  it('must be signed by the device that it names', async () => {
    const entry = await write(lead, area, 'event', plain);
    expect(await tryAdmit(area, lead, { ...entry, signature: flip(entry.signature, 9) })).toBe('bad signature');
    expect(
      await tryAdmit(area, lead, { ...entry, signature: (await write(lead, area, 'event', plain)).signature }),
    ).toBe('bad signature');
    expect(await tryAdmit(area, clerk, await write(clerk, area, 'event', plain, { device: lead.device }))).toBe(
      'bad signature',
    );
    expect(await tryAdmit(area, lead, await write(lead, area, 'event', plain, { org: newId<OrgId>(platform) }))).toBe(
      'unknown device',
    );
    expect(await tryAdmit(area, lead, await write(lead, area, 'event', plain, { org: service.org }))).toBe(
      'unknown device',
    );
    const unknown = await enrol(await makeOrg('Elsewhere'), 'Nobody');
    expect(await tryAdmit(area, unknown, await write(unknown, area, 'event', plain, { org: force.org }))).toBe(
      'unknown device',
    );
  });
});

describe("the chain of a device's entries", () => {
  it('goes on where it stood', async () => {
    for (let i = 0; i < 3; i++)
      expect(await tryAdmit(area, clerk, await write(clerk, area, 'event', plain))).toBe('ok');
    expect(area.state.heads.get(clerk.device)).toMatchObject({ incarnation: 1, counter: 3, header: clerk.prev });
    expect(await tryAdmit(area, clerk, await write(clerk, area, 'event', plain, { counter: 5 }))).toBe('gap');
    expect(await tryAdmit(area, clerk, await write(clerk, area, 'event', plain, { prev: HASH_0 }))).toBe(
      'equivocation',
    );
    expect(await tryAdmit(area, clerk, await write(clerk, area, 'event', plain, { prev: null }))).toBe('equivocation');
    expect(await tryAdmit(area, clerk, await write(clerk, area, 'event', plain, { counter: 3 }))).toBe('equivocation');
    expect(await tryAdmit(area, clerk, await write(clerk, area, 'event', plain, { counter: 1, prev: null }))).toBe(
      'equivocation',
    );
  });
  it('begins at 1 with nothing before it', async () => {
    expect(await tryAdmit(area, clerk, await write(clerk, area, 'event', plain, { counter: 2 }))).toBe('gap');
    expect(await tryAdmit(area, clerk, await write(clerk, area, 'event', plain, { counter: 0 }))).toBe('gap');
    expect(await tryAdmit(area, clerk, await write(clerk, area, 'event', plain, { prev: HASH_0 }))).toBe('gap');
    expect(await tryAdmit(area, clerk, await write(clerk, area, 'event', plain))).toBe('ok');
  });
  it('tells the same entry sent again from another at its place', async () => {
    const entry = await write(clerk, area, 'event', plain);
    expect(await tryAdmit(area, clerk, entry)).toBe('ok');
    expect(await tryAdmit(area, clerk, entry)).toBe('gap');
  });
  it('begins anew under a new incarnation, and never goes back to an older one', async () => {
    expect(await tryAdmit(area, clerk, await write(clerk, area, 'event', plain))).toBe('ok');
    expect(await tryAdmit(area, clerk, await write(clerk, area, 'event', plain, { incarnation: 3, counter: 2 }))).toBe(
      'gap',
    );
    expect(
      await tryAdmit(area, clerk, await write(clerk, area, 'event', plain, { incarnation: 3, counter: 1, prev: null })),
    ).toBe('ok');
    expect(await tryAdmit(area, clerk, await write(clerk, area, 'event', plain))).toBe('ok');
    expect(await tryAdmit(area, clerk, await write(clerk, area, 'event', plain, { incarnation: 1 }))).toBe(
      'equivocation',
    );
  });
});

describe('rights', () => {
  it.each<[Role, string, string]>([
    ['reader', 'edit', 'no right'],
    ['reader', 'event', 'no right'],
    ['reader', 'package', 'no right'],
    ['reader', 'from later', 'no right'],
    ['reader', 'receipt', 'ok'],
    ['reader', 'audit', 'ok'],
    ['contributor', 'edit', 'ok'],
    ['contributor', 'event', 'ok'],
    ['contributor', 'receipt', 'ok'],
    ['contributor', 'from later', 'ok'],
    ['lead', 'edit', 'ok'],
    ['lead', 'package', 'ok'],
  ])('of a %s to append %s: %s', async (role, kind, verdict) => {
    const writer = { reader, contributor: clerk, lead }[role];
    expect(await tryAdmit(area, writer, await write(writer, area, kind, plain))).toBe(verdict);
  });

  it('are those of a seat: none without, none after leaving, none once revoked', async () => {
    expect(await tryAdmit(area, stranger, await write(stranger, area, 'event', plain))).toBe('no right');
    expect(await tryAdmit(area, lawyer, await write(lawyer, area, 'event', plain))).toBe('ok');
    await say(force, { is: 'leaves', person: clerk.person, seat: clerk.seat });
    expect(await tryAdmit(area, clerk, await write(clerk, area, 'event', plain))).toBe('no right');
    await say(service, { is: 'revoked', device: lawyer.device });
    expect(await tryAdmit(area, lawyer, await write(lawyer, area, 'event', plain))).toBe('no right');
  });

  it('are the highest of several posts, and never those of a seat that another organisation was granted', async () => {
    await say(force, { is: 'holds', person: reader.person, seat: clerk.seat });
    const access = area.state.access;
    if (access === null) throw new Error('no chain');
    expect(roleIn(access, force.directory, reader.device)).toBe('contributor');
    await say(force, { is: 'holds', person: reader.person, seat: lead.seat });
    expect(roleIn(access, force.directory, reader.device)).toBe('lead');
    await say(force, { is: 'holds', person: stranger.person, seat: lawyer.seat });
    expect(roleIn(access, force.directory, stranger.device)).toBeNull();
  });

  it('need an area that has been made', async () => {
    const other = { ...makeArea(force), areaKey: area.areaKey };
    expect(await tryAdmit(other, lead, await write(lead, other, 'event', plain, { counter: 1, prev: null }))).toBe(
      'not created',
    );
    expect(
      await tryAdmit(
        other,
        lead,
        await writeChain(lead, other, { op: 'succeed', by: newId<AreaId>(platform) }, { counter: 1, prev: null }),
      ),
    ).toBe('no right');
  });
});

describe('seals', () => {
  it('hide every content, under the epoch in force', async () => {
    expect(await tryAdmit(area, clerk, await write(clerk, area, 'event', plain, { seal: { by: 'none' } }))).toBe(
      'wrong seal',
    );
    expect(await tryAdmit(area, clerk, await write(clerk, area, 'event', plain, { body: plain }))).toBe('wrong seal');
    const next = await keyChange(area, 2, platform.random(32));
    expect(await chain(clerk, { op: 'key', key: next })).toBe('ok');
    expect(await tryAdmit(area, clerk, await write(clerk, area, 'event', plain))).toBe('stale epoch');
    area.epoch = 3;
    expect(await tryAdmit(area, clerk, await write(clerk, area, 'event', plain))).toBe('stale epoch');
    area.epoch = 2;
    expect(await tryAdmit(area, clerk, await write(clerk, area, 'event', plain))).toBe('ok');
    expect(
      await tryAdmit(area, clerk, await write(clerk, area, 'receipt', plain, { seal: { by: 'boxes', sealed: plain } })),
    ).toBe('ok');
    expect(await tryAdmit(area, clerk, await write(clerk, area, 'event', plain, { seal: { by: 'erased' } }))).toBe(
      'ok',
    );
  });
});

describe('kinds of a later version', () => {
  it('are taken, unless they say that they change judgement', async () => {
    expect(await tryAdmit(area, clerk, await write(clerk, area, 'from later', plain))).toBe('ok');
    expect(await tryAdmit(area, clerk, await write(clerk, area, 'from later', plain, { critical: true }))).toBe(
      'update needed',
    );
    expect(await tryAdmit(area, clerk, await write(clerk, area, 'event', plain, { critical: true }))).toBe('ok');
    expect(
      await tryAdmit(area, stranger, {
        ...(await write(stranger, area, 'from later', plain, { critical: true })),
        signature: new Uint8Array(64),
      }),
    ).toBe('bad signature');
    expect(await chain(lead, encodeCbor(['freeze', 1]))).toBe('update needed');
  });
});

const grant = (writer: Writer, role: Role): ChainOp => ({ op: 'grant', seats: [grantTo(writer, role)] });

describe('the access chain', () => {
  it('stands clear, committed to, and well formed', async () => {
    const op: ChainOp = { op: 'remove', seats: [clerk.seat] };
    expect(await tryAdmit(area, lead, await writeChain(lead, area, op, { seal: { by: 'erased' } }))).toBe('wrong seal');
    expect(await tryAdmit(area, lead, await writeChain(lead, area, op, { body: null }))).toBe('wrong seal');
    expect(await tryAdmit(area, lead, await writeChain(lead, area, op, { commit: HASH_0 }))).toBe('malformed');
    expect(await chain(lead, encodeCbor(['remove', []]))).toBe('malformed');
    expect(await chain(lead, op)).toBe('ok');
    expect(await tryAdmit(area, clerk, await write(clerk, area, 'event', plain))).toBe('no right');
  });

  it('passes on each cause of its own', async () => {
    expect(await chain(clerk, grant(stranger, 'reader'))).toBe('not a lead');
    expect(await chain(lawyer, grant(stranger, 'reader'))).toBe('not the owner');
    expect(await chain(lawyer, { op: 'grant', seats: [{ ...grantTo(lead, 'reader'), org: service.org }] })).toBe(
      'not the owner',
    );
    expect(await chain(lead, grant(lead, 'reader'))).toBe('no lead left');
    expect(await chain(lead, { op: 'key', key: await keyChange(area, 3) })).toBe('wrong epoch');
    expect(await chain(lead, await createOp(area, force.org, [grantTo(lead, 'lead')]))).toBe('already created');
    expect(await tryAdmit(area, lead, await writeChain(lead, area, grant(stranger, 'reader'), { chain: HASH_0 }))).toBe(
      'stale head',
    );
    expect(await chain(lead, { op: 'succeed', by: newId<AreaId>(platform) })).toBe('ok');
    expect(await chain(lead, { op: 'succeed', by: newId<AreaId>(platform) })).toBe('already succeeded');
    expect(await chain(lead, grant(stranger, 'reader'))).toBe('ok');
    expect(await chain(stranger, grant(stranger, 'lead'))).toBe('not a lead');
  });

  it('is begun only by a device that holds a seat it grants, of its own organisation', async () => {
    const make = async (writer: Writer, ...seats: Parameters<typeof grantTo>[]) => {
      const fresh = makeArea(force, service);
      const twist = { counter: 1, prev: null, incarnation: 9 };
      return tryAdmit(
        fresh,
        { ...writer },
        await writeChain(
          writer,
          fresh,
          await createOp(
            fresh,
            force.org,
            seats.map((s) => grantTo(...s)),
          ),
          twist,
        ),
      );
    };
    expect(await make(lead, [lead, 'lead'])).toBe('ok');
    expect(await make(clerk, [lead, 'lead'], [clerk, 'reader'])).toBe('ok');
    expect(await make(stranger, [lead, 'lead'])).toBe('no right');
    expect(await make(lawyer, [lead, 'lead'], [lawyer, 'lead'])).toBe('not the owner');
    await say(force, { is: 'revoked', device: lead.device });
    expect(await make(lead, [lead, 'lead'])).toBe('no right');
  });
});

const boxed = { by: 'boxes', sealed: plain } as const;
async function start(): Promise<void> {
  const id = await intakeOf(platform, service.org, lawyer.seat);
  area = { ...makeArea(force, service), area: id, state: emptyArea(id, { org: service.org, seat: lawyer.seat }) };
  for (const writer of [lead, lawyer]) Object.assign(writer, { counter: 0, prev: null });
}

const put = async (writer: Writer, kind = 'package', twist = {}) =>
  tryAdmit(area, writer, await write(writer, area, kind, plain, { seal: boxed, ...twist }));

describe('an intake', () => {
  it('takes packages, receipts, events and audit from partners and its own', async () => {
    await start();
    expect(await put(lead)).toBe('no right');
    await pair(force, service);
    for (const kind of ['package', 'receipt', 'event', 'audit', 'from later']) expect(await put(lead, kind)).toBe('ok');
    expect(await put(lawyer, 'receipt')).toBe('ok');
    for (const kind of ['edit', 'chain']) expect(await put(lead, kind)).toBe('no right');
    await say(service, { is: 'no partner', org: force.org });
    expect(await put(lead)).toBe('no right');
    expect(await put(lawyer, 'receipt')).toBe('ok');
  });

  it('takes boxes only, and from nobody revoked', async () => {
    await start();
    await pair(force, service);
    expect(await put(lead, 'package', { seal: { by: 'none' } })).toBe('wrong seal');
    expect(await put(lead, 'package', { body: plain })).toBe('wrong seal');
    expect(await tryAdmit(area, lead, await write(lead, area, 'package', plain))).toBe('wrong seal');
    expect(await put(lead, 'package', { seal: { by: 'erased' } })).toBe('ok');
    await say(force, { is: 'revoked', device: lead.device });
    expect(await put(lead)).toBe('no right');
  });
});

describe('admission', () => {
  it('changes nothing that it was given', async () => {
    const before = area.state;
    const heads = new Map(before.heads);
    const entry = await write(clerk, area, 'event', plain);
    const verdict = await admit(platform, before, directoriesOf(force, service), entry);
    expect(verdict.ok && verdict.value.header).toEqual(headerOf(entry));
    expect(before.heads).toEqual(heads);
  });
});
