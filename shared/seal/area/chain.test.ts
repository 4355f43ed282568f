import { describe, expect, it } from 'vitest';
import { encodeCbor } from '../../primitives/cbor.ts';
import type { AreaId, DeviceId, Hash, OrgId, SeatId } from '../../primitives/ids.ts';
import type { AccessState, ChainOp, Grant, KeyChange, Role } from './chain.ts';
import { currentEpoch, decodeChainOp, encodeChainOp, foldChain } from './chain.ts';
import { fromLaterVersion } from '../read.ts';

const id = <T extends string>(n: number) => n.toString(16).padStart(32, '0') as T;
const hash = (n: number) => n.toString(16).padStart(64, '0') as Hash;
const [OWNER, PARTNER, THIRD] = [id<OrgId>(1), id<OrgId>(2), id<OrgId>(3)];
const [LEAD, CLERK, LAWYER, LAB] = [id<SeatId>(11), id<SeatId>(12), id<SeatId>(13), id<SeatId>(14)];
const DEVICE = id<DeviceId>(31);
const grant = (seat: SeatId, org: OrgId, role: Role): Grant => ({ seat, org, role });
const key = (epoch: number): KeyChange => ({
  epoch,
  key: hash(100 + epoch),
  boxes: hash(200),
  link: epoch > 1 ? new Uint8Array(60) : null,
});
const create = (...seats: Grant[]): ChainOp => ({
  op: 'create',
  kind: 'case file',
  owner: OWNER,
  seats,
  key: key(1),
  policy: hash(5),
  agreement: null,
  from: id<AreaId>(9),
});
const by = (state: AccessState | null, org: OrgId, role: Role | null = 'lead') => ({
  org,
  device: DEVICE,
  role,
  head: hash(1000 + (state ? Number.parseInt(state.head, 16) : 0)),
  replaces: state?.head ?? null,
});

function must(state: AccessState | null, op: ChainOp, org: OrgId = OWNER, role: Role | null = 'lead'): AccessState {
  const next = foldChain(state, op, by(state, org, role));
  if (!next.ok) throw new Error(next.cause);
  return next.value;
}
const cause = (state: AccessState | null, op: ChainOp, org: OrgId = OWNER, role: Role | null = 'lead') => {
  const next = foldChain(state, op, by(state, org, role));
  return next.ok ? 'ok' : next.cause;
};
const live = must(
  null,
  create(grant(LEAD, OWNER, 'lead'), grant(CLERK, OWNER, 'contributor'), grant(LAWYER, PARTNER, 'lead')),
);

const causeOf = (parts: unknown) => {
  const read = decodeChainOp(encodeCbor(parts));
  return read.ok ? 'ok' : fromLaterVersion(read.cause) ? 'later' : 'broken';
};

describe('a chain operation', () => {
  it.each<ChainOp>([
    create(grant(LEAD, OWNER, 'lead')),
    { ...create(grant(LEAD, OWNER, 'reader')), policy: null, from: null } as ChainOp,
    { op: 'grant', seats: [grant(LAB, THIRD, 'reader')] },
    { op: 'remove', seats: [CLERK, LAB] },
    { op: 'key', key: key(2) },
    { op: 'succeed', by: id<AreaId>(77) },
    { op: 'emergency', until: 1_800_000_000_000, reason: hash(41) },
    { op: 'emergency over', devices: [DEVICE] },
  ])('comes back from its bytes: %o', (op) => {
    expect(decodeChainOp(encodeChainOp(op))).toEqual({ ok: true, value: op });
  });
  it('tells a word of a later version from a broken operation', () => {
    expect(causeOf(['freeze', 1])).toBe('later');
    expect(causeOf(['grant', [[new Uint8Array(16), new Uint8Array(16), 'auditor']]])).toBe('later');
    expect(causeOf(['grant', []])).toBe('broken');
    expect(causeOf(['grant', [[new Uint8Array(16), new Uint8Array(16), 'lead']], 1])).toBe('broken');
    expect(causeOf(['key', [1, new Uint8Array(32), new Uint8Array(32), new Uint8Array(59)]])).toBe('broken');
    expect(causeOf(['succeed'])).toBe('broken');
    expect(causeOf({})).toBe('broken');
  });
});

describe('making an area', () => {
  const lead = grant(LEAD, OWNER, 'lead');
  it('needs the owner, a lead of the owner, epoch 1 and no chain before', () => {
    expect(cause(null, create(lead))).toBe('ok');
    expect(cause(live, create(lead))).toBe('already created');
    expect(cause(null, create(lead), PARTNER)).toBe('not the owner');
    expect(cause(null, create(grant(CLERK, OWNER, 'contributor'), grant(LAWYER, PARTNER, 'lead')))).toBe(
      'no lead left',
    );
    expect(cause(null, create(lead, grant(LEAD, OWNER, 'reader')))).toBe('no lead left'); // the later grant of a seat counts
    expect(cause(null, { ...create(lead), key: key(2) } as ChainOp)).toBe('wrong epoch');
    expect(
      foldChain(null, create(lead), { org: OWNER, device: DEVICE, role: 'lead', head: hash(1), replaces: hash(2) }),
    ).toEqual({
      ok: false,
      cause: 'stale head',
    });
    expect(cause(null, { op: 'key', key: key(1) })).toBe('not created');
  });
});

describe('granting', () => {
  it("is a lead's, for their own organisation; only the owner's lead brings in another", () => {
    expect(cause(live, { op: 'grant', seats: [grant(LAB, THIRD, 'reader')] })).toBe('ok');
    expect(cause(live, { op: 'grant', seats: [grant(LAB, THIRD, 'reader')] }, PARTNER)).toBe('not the owner');
    expect(cause(live, { op: 'grant', seats: [grant(LAB, PARTNER, 'reader')] }, PARTNER)).toBe('ok');
    expect(cause(live, { op: 'grant', seats: [grant(LAB, PARTNER, 'reader')] })).toBe('not the owner');
    expect(cause(live, { op: 'grant', seats: [grant(LAB, OWNER, 'reader')] }, OWNER, 'contributor')).toBe('not a lead');
    expect(cause(live, { op: 'grant', seats: [grant(LAB, OWNER, 'reader')] }, OWNER, null)).toBe('not a lead');
  });
  it("never takes over another organisation's seat by naming it", () => {
    expect(cause(live, { op: 'grant', seats: [grant(LEAD, PARTNER, 'reader')] }, PARTNER)).toBe('not the owner');
    expect(cause(live, { op: 'grant', seats: [grant(LAWYER, OWNER, 'reader')] })).toBe('not the owner');
  });
  it('changes a role, but not that of the last lead', () => {
    expect(must(live, { op: 'grant', seats: [grant(CLERK, OWNER, 'reader')] }).seats.get(CLERK)?.role).toBe('reader');
    expect(cause(live, { op: 'grant', seats: [grant(LEAD, OWNER, 'contributor')] })).toBe('no lead left');
  });
  it('names the head that it replaces', () => {
    const op: ChainOp = { op: 'grant', seats: [grant(LAB, OWNER, 'reader')] };
    expect(foldChain(live, op, { org: OWNER, device: DEVICE, role: 'lead', head: hash(1), replaces: hash(2) })).toEqual(
      {
        ok: false,
        cause: 'stale head',
      },
    );
    expect(foldChain(live, op, { org: OWNER, device: DEVICE, role: 'lead', head: hash(1), replaces: null })).toEqual({
      ok: false,
      cause: 'stale head',
    });
  });
});

describe('removing', () => {
  it('is for the owner, or for the organisation whose seat it is', () => {
    expect(must(live, { op: 'remove', seats: [LAWYER] }).seats.has(LAWYER)).toBe(false);
    expect(must(live, { op: 'remove', seats: [LAWYER] }, PARTNER).seats.has(LAWYER)).toBe(false);
    expect(cause(live, { op: 'remove', seats: [CLERK] }, PARTNER)).toBe('not the owner');
    expect(cause(live, { op: 'remove', seats: [LEAD] })).toBe('no lead left');
    expect(cause(live, { op: 'remove', seats: [CLERK] }, OWNER, 'contributor')).toBe('not a lead');
  });
});

describe('changing the key', () => {
  it('is the next epoch, by a lead or a contributor', () => {
    const next = must(live, { op: 'key', key: key(2) }, OWNER, 'contributor');
    expect([currentEpoch(live), currentEpoch(next)]).toEqual([1, 2]);
    expect(cause(live, { op: 'key', key: key(3) })).toBe('wrong epoch');
    expect(cause(live, { op: 'key', key: key(1) })).toBe('wrong epoch');
    expect(cause(live, { op: 'key', key: key(2) }, OWNER, 'reader')).toBe('not a lead');
  });
});

describe('succeeding', () => {
  it('is said once, by the owner', () => {
    const next = must(live, { op: 'succeed', by: id<AreaId>(50) });
    expect(next.succeededBy).toBe(id<AreaId>(50));
    expect(cause(next, { op: 'succeed', by: id<AreaId>(51) })).toBe('already succeeded');
    expect(cause(live, { op: 'succeed', by: id<AreaId>(50) }, PARTNER)).toBe('not the owner');
  });
});
