/** What holds for every access chain and every history of an area, tried at random. FC_SEED repeats a run. */
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { utf8 } from '../primitives/bytes.ts';
import type { AreaId, DeviceId, Hash, OrgId, SeatId } from '../primitives/ids.ts';
import type { AreaState } from './area/admit.ts';
import { admit, emptyArea } from './area/admit.ts';
import type { AccessState, ChainOp, Grant, Role } from './area/chain.ts';
import { ROLES, currentEpoch, decodeChainOp, encodeChainOp, foldChain } from './area/chain.ts';
import type { Entry } from './entry/entry.ts';
import type { Area, Org, Writer } from './fixture.ts';
import {
  HASH_0,
  NOON,
  createOp,
  directoriesOf,
  enrol,
  grantTo,
  keyChange,
  makeArea,
  makeOrg,
  platform,
  tryAdmit,
  write,
  writeChain,
} from './fixture.ts';
import { hashHeader } from './entry/header.ts';
import { extendOrder } from './area/order.ts';

const seed = Number(process.env['FC_SEED'] ?? Date.now() % 2 ** 31);
fc.configureGlobal({ seed });
console.info(`fast-check seed: ${seed}`);

const id = <T extends string>(n: number) => n.toString(16).padStart(32, '0') as T;
const hash = (n: number) => n.toString(16).padStart(64, '0') as Hash;
const ORGS = [1, 2, 3].map((n) => id<OrgId>(n)) as [OrgId, OrgId, OrgId];
const OWNER = ORGS[0];
const org = fc.constantFrom(...ORGS);
const seat = fc.integer({ min: 10, max: 16 }).map((n) => id<SeatId>(n));
const role = fc.constantFrom<Role>(...ROLES);
const grant: fc.Arbitrary<Grant> = fc.record({ seat, org, role });
const key = fc.integer({ min: 1, max: 4 }).map((epoch) => ({ epoch, key: hash(epoch), boxes: HASH_0, link: null }));
const op: fc.Arbitrary<ChainOp> = fc.oneof(
  fc.record({ op: fc.constant('grant' as const), seats: fc.array(grant, { minLength: 1, maxLength: 3 }) }),
  fc.record({ op: fc.constant('remove' as const), seats: fc.array(seat, { minLength: 1, maxLength: 3 }) }),
  fc.record({ op: fc.constant('key' as const), key }),
  fc.record({ op: fc.constant('succeed' as const), by: fc.constant(id<AreaId>(99)) }),
);
const create: fc.Arbitrary<ChainOp> = fc.record({
  op: fc.constant('create' as const),
  kind: fc.constantFrom('case file' as const, 'working papers' as const),
  owner: org,
  seats: fc.array(grant, { minLength: 1, maxLength: 5 }),
  key,
  policy: fc.constant(null),
  agreement: fc.constant(null),
  from: fc.constant(null),
});
const step = fc.record({
  op: fc.oneof({ weight: 9, arbitrary: op }, { weight: 1, arbitrary: create }),
  org,
  role: fc.oneof(fc.constant('lead' as const), fc.constantFrom('reader' as const, 'contributor' as const, null)),
  stale: fc.constantFrom(false, false, false, true),
});
const seats = (state: AccessState) => JSON.stringify([...state.seats].sort(([a], [b]) => a.localeCompare(b)));

/** The rule that an accepted step breaks; null for none. */
function whatBroke(
  before: AccessState | null,
  state: AccessState,
  next: ChainOp,
  writer: OrgId,
  as: Role | null,
): string | null {
  if (![...state.seats.values()].some((g) => g.role === 'lead' && g.org === state.owner)) return 'no lead of the owner';
  if (state.keys.some((k, i) => k.epoch !== i + 1)) return 'epochs with a gap';
  if (before === null) return null;
  if (state.owner !== before.owner) return 'another owner';
  if (currentEpoch(state) - currentEpoch(before) > 1) return 'two epochs at once';
  if (as !== 'lead' && !(next.op === 'key' && as === 'contributor')) return 'not a lead';
  if (before.succeededBy !== null && state.succeededBy !== before.succeededBy) return 'succeeded twice';
  for (const [name, held] of before.seats) {
    const now = state.seats.get(name);
    if (now !== undefined && now.org !== held.org) return 'a seat passed to another organisation';
    if (writer !== before.owner && held.org !== writer && JSON.stringify(now) !== JSON.stringify(held))
      return "a partner changed another's seat";
  }
  return null;
}

describe('any access chain', () => {
  it('keeps a lead of the owner, one epoch after the other, and each organisation its own seats', () => {
    const lead: Grant = { seat: id<SeatId>(10), org: OWNER, role: 'lead' };
    const good = create.map((c): ChainOp =>
      c.op === 'create'
        ? {
            ...c,
            owner: OWNER,
            seats: [...c.seats.filter((g) => g.seat !== lead.seat), lead],
            key: { ...c.key, epoch: 1 },
          }
        : c,
    );
    const begin = fc.record({
      op: fc.oneof(create, good),
      org: fc.constant(OWNER),
      role: fc.constant('lead' as const),
      stale: fc.constant(false),
    });
    fc.assert(
      fc.property(
        fc.array(begin, { minLength: 1, maxLength: 4 }),
        fc.array(step, { maxLength: 40 }),
        (begins, steps) => {
          let state: AccessState | null = null;
          let n = 1000;
          for (const { op: next, org: writer, role: as, stale } of [...begins, ...steps]) {
            const before: AccessState | null = state;
            const was = before && seats(before);
            const folded = foldChain(before, next, {
              org: writer,
              device: id<DeviceId>(1),
              role: as,
              head: hash(n++),
              replaces: stale ? hash(7) : (before?.head ?? null),
            });
            expect(before && seats(before)).toBe(was); // nothing is changed in place
            expect(decodeChainOp(encodeChainOp(next))).toEqual({ ok: true, value: next });
            if (!folded.ok) continue;
            state = folded.value;
            expect(stale).toBe(false);
            expect(whatBroke(before, state, next, writer, as)).toBeNull();
          }
        },
      ),
      { numRuns: 400 },
    );
  });
});

let force: Org;
let service: Org;
let people: Writer[];
beforeAll(async () => {
  [force, service] = [await makeOrg('Force'), await makeOrg('Service')];
  people = [
    await enrol(force, 'Lead'),
    await enrol(force, 'Clerk'),
    await enrol(force, 'Reader'),
    await enrol(service, 'Lawyer'),
    await enrol(service, 'Colleague'),
  ];
});

const act = fc.record({
  who: fc.nat(4),
  what: fc.constantFrom('edit', 'event', 'receipt', 'audit', 'chain', 'chain', 'from later'),
  whom: fc.nat(4),
  role,
  anew: fc.constantFrom(false, false, false, false, true),
});
type Act = typeof act extends fc.Arbitrary<infer T> ? T : never;

/** Writes what `acts` say into a fresh area; what is refused is left out, so that the history is valid. */
async function play(acts: readonly Act[]): Promise<{ area: AreaId; entries: Entry[]; writers: Writer[] }> {
  const area: Area = makeArea(force, service);
  const writers = people.map((p) => ({ ...p, incarnation: 1, counter: 0, prev: null }));
  const [lead, clerk, reader, lawyer] = writers as [Writer, Writer, Writer, Writer];
  const entries: Entry[] = [];
  const add = async (writer: Writer, entry: Entry) =>
    (await tryAdmit(area, writer, entry)) === 'ok' && entries.push(entry);
  await add(
    lead,
    await writeChain(
      lead,
      area,
      await createOp(area, force.org, [
        grantTo(lead, 'lead'),
        grantTo(clerk, 'contributor'),
        grantTo(reader, 'reader'),
        grantTo(lawyer, 'lead'),
      ]),
    ),
  );
  for (const { who, what, whom, role: as, anew } of acts) {
    const [writer, other] = [writers[who], writers[whom]] as [Writer, Writer];
    const twist = anew ? { incarnation: writer.incarnation + 1, counter: 1, prev: null } : {};
    if (what !== 'chain') await add(writer, await write(writer, area, what, utf8(`${entries.length}`), twist));
    else if (whom % 2 === 0)
      await add(writer, await writeChain(writer, area, { op: 'grant', seats: [grantTo(other, as)] }, twist));
    else if (as === 'lead')
      await add(writer, await writeChain(writer, area, { op: 'remove', seats: [other.seat] }, twist));
    else {
      const next = (area.state.access ? currentEpoch(area.state.access) : 0) + 1;
      if (await add(writer, await writeChain(writer, area, { op: 'key', key: await keyChange(area, next) }, twist)))
        area.epoch = next;
    }
  }
  return { area: area.area, entries, writers };
}

interface Verdicts {
  readonly state: AreaState;
  readonly causes: readonly string[];
  readonly order: readonly Hash[];
}
async function replay(area: AreaId, entries: readonly Entry[]): Promise<Verdicts> {
  let state = emptyArea(area);
  const causes: string[] = [];
  const order: Hash[] = [];
  for (const entry of entries) {
    order.push(await extendOrder(platform, order.at(-1) ?? null, NOON, await hashHeader(platform, entry.header)));
    const verdict = await admit(platform, state, directoriesOf(force, service), entry);
    if (verdict.ok) state = verdict.value.state;
    causes.push(verdict.ok ? 'ok' : verdict.cause);
  }
  return { state, causes, order };
}
const deviceOf = (state: AreaState) => [...state.heads].sort(([a], [b]) => a.localeCompare(b));
const plain = (v: Verdicts) =>
  JSON.stringify([
    deviceOf(v.state),
    v.state.access && [seats(v.state.access), v.state.access.keys, v.state.access.head],
    v.causes,
  ]);

describe('any history of an area', () => {
  const acts = fc.array(act, { minLength: 3, maxLength: 14 });

  it('is judged alike by everybody, and keeps its lead', async () => {
    await fc.assert(
      fc.asyncProperty(acts, async (list) => {
        const { area, entries } = await play(list);
        const [one, two] = [await replay(area, entries), await replay(area, entries)];
        expect(plain(one)).toBe(plain(two));
        expect(one.causes.every((cause) => cause === 'ok')).toBe(true);
        expect(
          [...(one.state.access?.seats.values() ?? [])].some((g) => g.role === 'lead' && g.org === force.org),
        ).toBe(true);
      }),
      { numRuns: 25 },
    );
  });

  it('shows when it was changed: doubled at once, dropped or exchanged by a device gap or by H_n', async () => {
    await fc.assert(
      fc.asyncProperty(acts, fc.nat(), fc.nat(), async (list, a, b) => {
        const { area, entries } = await play(list);
        const good = await replay(area, entries);
        const [i, j] = [a % entries.length, b % entries.length];
        const [at, to] = [entries[i] as Entry, entries[j] as Entry];
        const doubled = await replay(area, entries.toSpliced(j + 1, 0, at));
        const refusals = doubled.causes.filter((cause) => cause !== 'ok').length;
        expect(i <= j ? refusals : 1).toBe(1);
        const changed = [
          doubled,
          await replay(area, entries.toSpliced(i, 1)),
          ...(i === j ? [] : [await replay(area, entries.with(i, to).with(j, at))]),
        ];
        for (const other of changed) expect(other.order.at(-1)).not.toBe(good.order.at(-1));
      }),
      { numRuns: 25 },
    );
  });

  it("lets no device's own entries be dropped, doubled or exchanged, whatever the relay signs", async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 3, max: 8 }), fc.nat(), fc.nat(), async (count, a, b) => {
        const { area, entries } = await play(
          Array.from({ length: count }, () => ({ who: 1, what: 'event', whom: 0, role: 'lead', anew: false })),
        );
        const [i, j] = [1 + (a % (entries.length - 1)), 1 + (b % (entries.length - 1))];
        const bad = async (list: readonly Entry[]) => (await replay(area, list)).causes.some((cause) => cause !== 'ok');
        expect(await bad(entries.toSpliced(j, 0, entries[i] as Entry))).toBe(true);
        expect(await bad(entries.toSpliced(i, 1))).toBe(i < entries.length - 1); // the newest is missed when a later one arrives
        expect(await bad(entries.with(i, entries[j] as Entry).with(j, entries[i] as Entry))).toBe(i !== j);
      }),
      { numRuns: 25 },
    );
  });
});

const orderOf = async (names: readonly string[]) => {
  const order: Hash[] = [];
  for (const name of names)
    order.push(await extendOrder(platform, order.at(-1) ?? null, NOON, hash(name.charCodeAt(0))));
  return order;
};

describe('any two histories', () => {
  it('have the same H at a place where all up to it is the same, and only there: another one, signed, proves a fork', async () => {
    const items = fc.array(fc.constantFrom('a', 'b', 'c'), { minLength: 1, maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(items, items, async (left, right) => {
        const [one, two] = [await orderOf(left), await orderOf(right)];
        const n = Math.min(one.length, two.length);
        const same = left.slice(0, n).join('') === right.slice(0, n).join('');
        expect(one[n - 1] === two[n - 1]).toBe(same);
      }),
      { numRuns: 200 },
    );
  });
});
