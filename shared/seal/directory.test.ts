import { beforeAll, describe, expect, it } from 'vitest';
import { encodeCbor } from '../primitives/cbor.ts';
import { fromHex } from '../primitives/bytes.ts';
import type { DeviceId, OrgId, PersonId, SeatId } from '../primitives/ids.ts';
import { newId } from '../primitives/naming.ts';
import { sign } from '../primitives/platform.ts';
import type { DirectoryState, SignedStatement, Statement } from './directory.ts';
import { emptyDirectory, extendDirectory, seatsOf, signStatement } from './directory.ts';
import type { Org, Writer } from './fixture.ts';
import { NOON, enrol, flip, makeOrg, pair, platform, say } from './fixture.ts';
import { LABEL } from './labels.ts';

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
