import { beforeAll, describe, expect, it } from 'vitest';
import { encodeCbor } from '../../primitives/cbor.ts';
import { fromHex, toHex, utf8 } from '../../primitives/bytes.ts';
import type { DeviceId, Hash, OrgId, PersonId, SeatId } from '../../primitives/ids.ts';
import { newId } from '../../primitives/naming.ts';
import { sha256, sign } from '../../primitives/platform.ts';
import type { DirectoryState, SignedStatement, Statement } from './directory.ts';
import { emptyDirectory, extendDirectory, rolesOf, seatsOf, signStatement } from './directory.ts';
import type { Org, Writer } from '../fixture.ts';
import { NOON, enrol, flip, makeOrg, pair, platform, say } from '../fixture.ts';
import { LABEL } from '../labels.ts';
import { MAX_RULES } from './statements.ts';

let org: Org;
let officer: Writer;
beforeAll(async () => {
  org = await makeOrg('Force');
  officer = await enrol(org, 'Officer');
  await pair(org, await makeOrg('Prosecution'));
});

const extend = (one: SignedStatement, state = org.directory, key = org.keys.publicKey) =>
  extendDirectory(platform, key, state, one);
const cause = async (one: SignedStatement, state?: DirectoryState) => {
  const next = await extend(one, state);
  return next.ok ? 'ok' : next.cause;
};
const next = (statement: Statement, state = org.directory) =>
  signStatement(platform, org.keys.privateKey, state, NOON, statement);

/** Signs any body as the authority would. */
async function signed(parts: unknown): Promise<SignedStatement> {
  const body = encodeCbor(parts);
  return { body, signature: await sign(platform, org.keys.privateKey, LABEL.directorySignature, body) };
}
const bodyOf = (statement: unknown) => [
  fromHex(org.org),
  org.directory.n + 1,
  org.directory.head && fromHex(org.directory.head),
  NOON,
  statement,
];

const rulesOf = async (version: string, bytes: Uint8Array): Promise<Extract<Statement, { is: 'rules' }>> => ({
  is: 'rules',
  name: 'Rules',
  version,
  from: '2026-11-22',
  sha256: toHex(await sha256(platform, bytes)) as Hash,
  bytes,
});

describe('a directory', () => {
  it('is the same wherever it is folded', async () => {
    let state = emptyDirectory(org.org);
    for (const statement of org.statements) {
      const step = await extend(statement, state);
      if (!step.ok) throw new Error(step.cause);
      state = step.value;
    }
    expect(state).toEqual(org.directory);
    expect(state.n).toBe(org.statements.length);
  });

  it('refuses another signer, bent bytes, another organisation, gaps and other histories', async () => {
    const [first, second] = org.statements as [SignedStatement, SignedStatement];
    const other = await makeOrg('Other');
    const start = emptyDirectory(org.org);
    expect((await extend(first, start, other.keys.publicKey)).ok).toBe(false);
    expect(await cause({ ...first, body: flip(first.body, 30) }, start)).toBe('bad signature');
    expect(await cause({ ...first, signature: flip(first.signature) }, start)).toBe('bad signature');
    expect(await cause({ ...first, signature: first.signature.subarray(1) }, start)).toBe('bad signature');
    expect(await cause(first, emptyDirectory(other.org))).toBe('wrong organisation');
    expect(await cause(second, start)).toBe('gap');
    expect(await cause(first)).toBe('fork');
    const rewritten = await next(
      { is: 'person', person: newId<PersonId>(platform), name: 'Else' },
      { ...org.directory, head: officer.org.directory.head === null ? null : ('f'.repeat(64) as never) },
    );
    expect(await cause(rewritten)).toBe('fork');
  });

  it('tells a statement of a later version from a broken one', async () => {
    expect(await cause(await signed(bodyOf(['lease', 14])))).toBe('update needed');
    expect(await cause(await signed(bodyOf(['person', new Uint8Array(16)])))).toBe('malformed');
    expect(await cause(await signed(bodyOf(['person', new Uint8Array(16), 'N', 1])))).toBe('malformed');
    expect(await cause(await signed([...bodyOf(['person', new Uint8Array(16), 'N']), 1]))).toBe('malformed');
    expect(await cause(await signed('directory'))).toBe('malformed');
  });

  it('takes a device or partner under no id but the hash of its key, and no key that is no point', async () => {
    const stranger = await makeOrg('Stranger');
    const off = new Uint8Array(65).fill(4);
    const device = {
      is: 'device',
      device: officer.device,
      person: officer.person,
      name: 'laptop',
      signKey: stranger.card.signKey,
      boxKey: stranger.card.boxKey,
    } as const;
    const partner = {
      is: 'partner',
      org: stranger.org,
      name: 'Stranger',
      signKey: stranger.card.signKey,
      boxKey: stranger.card.boxKey,
    } as const;
    expect(await cause(await next(partner))).toBe('ok');
    expect(await cause(await next(device))).toBe('malformed');
    expect(await cause(await next({ ...device, device: newId<DeviceId>(platform) }))).toBe('malformed');
    expect(await cause(await next({ ...partner, org: newId<OrgId>(platform) }))).toBe('malformed');
    expect(await cause(await next({ ...partner, boxKey: off }))).toBe('malformed');
    expect(
      await cause(
        await next({ is: 'seat', seat: officer.seat, generation: 1, publicKey: off, madeBy: officer.device }),
      ),
    ).toBe('malformed');
  });
});

describe('what a directory says', () => {
  it('follows posts held and devices revoked', async () => {
    const person = await enrol(org, 'Second');
    const post = newId<SeatId>(platform);
    await say(org, { is: 'holds', person: person.person, seat: post });
    expect(seatsOf(org.directory, person.device)).toEqual(new Set([person.seat, post]));
    await say(org, { is: 'leaves', person: person.person, seat: post });
    expect(seatsOf(org.directory, person.device)).toEqual(new Set([person.seat]));
    await say(org, { is: 'revoked', device: person.device });
    expect(seatsOf(org.directory, person.device).size).toBe(0);
    expect(org.directory.known.has(person.device)).toBe(true);
    expect(seatsOf(org.directory, newId<DeviceId>(platform)).size).toBe(0);
  });

  it("keeps the first key of a seat's generation: the loser of a race discards its own", async () => {
    const key = (generation: number, publicKey: Uint8Array): Statement => ({
      is: 'seat',
      seat: officer.seat,
      generation,
      publicKey,
      madeBy: officer.device,
    });
    await say(org, key(1, officer.boxKeys.publicKey));
    await say(org, key(1, org.card.boxKey));
    await say(org, key(3, org.card.boxKey));
    expect(org.directory.seats.get(officer.seat)).toMatchObject({
      generation: 1,
      publicKey: officer.boxKeys.publicKey,
    });
    await say(org, key(2, org.card.boxKey));
    expect(org.directory.seats.get(officer.seat)).toMatchObject({ generation: 2, publicKey: org.card.boxKey });
  });

  it('gives a person at a device the roles of all posts held, each once, while the device is not revoked', async () => {
    const person = await enrol(org, 'Third');
    const post = newId<SeatId>(platform);
    expect(rolesOf(org.directory, person.device)).toEqual(['member']); // nobody has said a role yet
    await say(org, { is: 'roles', seat: person.seat, roles: ['officer', 'of a later version'] });
    await say(org, { is: 'roles', seat: post, roles: ['supervisor', 'officer'] });
    expect(rolesOf(org.directory, person.device)).toEqual(['officer', 'of a later version']);
    await say(org, { is: 'holds', person: person.person, seat: post });
    expect(rolesOf(org.directory, person.device)).toEqual(['officer', 'of a later version', 'supervisor']);
    const before = org.directory;
    await say(org, { is: 'roles', seat: person.seat, roles: [] });
    expect(rolesOf(org.directory, person.device)).toEqual(['supervisor', 'officer']);
    expect(rolesOf(before, person.device)).toContain('of a later version'); // each head keeps what it said
    await say(org, { is: 'roles', seat: post, roles: [] });
    expect(rolesOf(org.directory, person.device)).toEqual([]); // taken away, which is not the same as never said
    await say(org, { is: 'revoked', device: person.device });
    expect(rolesOf(org.directory, person.device)).toEqual([]);
  });

  it('keeps rule data in the order published, and copies none of its bytes', async () => {
    const other = await makeOrg('Rules');
    await say(other, await rulesOf('1', new Uint8Array(MAX_RULES)));
    const [first] = other.directory.rules;
    await say(other, await rulesOf('2', utf8('{}')));
    await enrol(other, 'Somebody');
    expect(other.directory.rules.map(({ version }) => version)).toEqual(['1', '2']);
    expect(other.directory.rules[0]?.bytes).toBe(first?.bytes);
  });

  it('takes no rule data that is too large or not what its hash says', async () => {
    const good = await rulesOf('1', utf8('{}'));
    expect(await cause(await next(good))).toBe('ok');
    expect(await cause(await next({ ...good, bytes: utf8('{ }') }))).toBe('malformed');
    expect(await cause(await next(await rulesOf('1', new Uint8Array(MAX_RULES + 1))))).toBe('malformed');
  });

  it('takes no more roles, and no longer ones, than a post can have', async () => {
    const roles = async (...words: string[]) => cause(await next({ is: 'roles', seat: officer.seat, roles: words }));
    expect(await roles(...Array.from({ length: 32 }, (_, i) => `${i}`.padEnd(64)))).toBe('ok');
    expect(await roles(...Array.from({ length: 33 }, (_, i) => `${i}`))).toBe('malformed');
    expect(await roles('x'.repeat(65))).toBe('malformed');
  });

  it('lists partners until they are none', async () => {
    const other = await makeOrg('Lab');
    await say(org, {
      is: 'partner',
      org: other.org,
      name: 'Lab',
      signKey: other.card.signKey,
      boxKey: other.card.boxKey,
    });
    expect(org.directory.partners.get(other.org)?.name).toBe('Lab');
    await say(org, { is: 'no partner', org: other.org });
    expect(org.directory.partners.has(other.org)).toBe(false);
  });
});
