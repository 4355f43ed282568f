import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { encodeCard, fingerprint, orgIdOf } from '../../shared/seal/directory/card.ts';
import type { TestAuthority } from './authority.fixture.ts';
import { makeAuthority, value } from './authority.fixture.ts';
import { addPartner, setSide } from './partners.ts';

let authority: TestAuthority;
beforeEach(async () => (authority = await makeAuthority()));
afterEach(() => authority.remove());

const state = () => authority.directory.state();

describe('partners', () => {
  let partner: TestAuthority;
  beforeEach(async () => (partner = await makeAuthority()));
  afterEach(() => partner.remove());
  const card = () => encodeCard(partner.keys.card);
  const print = () => fingerprint(partner.platform, partner.keys.card);

  it('are pinned by card and fingerprint, however it was written down', async () => {
    const readOut = (await print()).toLowerCase().replaceAll('-', ' ').replaceAll('0', 'o').replaceAll('1', 'l');
    const org = value(await addPartner(authority, `  ${card()}\n`, readOut));
    expect(org).toBe(await orgIdOf(partner.platform, partner.keys.card.signKey));
    expect([...(await state()).partners.keys()]).toEqual([org]);
    await addPartner(authority, card(), await print());
    expect((await state()).n).toBe(1);
  });

  it('are not pinned on another fingerprint, nor on part of the right one', async () => {
    const right = await print();
    const wrong = (right.startsWith('A') ? 'B' : 'A') + right.slice(1);
    for (const readOut of [wrong, right.slice(0, -1), '', `${right}0`]) {
      expect(await addPartner(authority, card(), readOut)).toEqual({ ok: false, cause: 'other fingerprint' });
    }
    expect((await state()).partners.size).toBe(0);
  });

  it('are neither what is no card nor this authority itself', async () => {
    expect(await addPartner(authority, card().slice(0, -8), await print())).toEqual({ ok: false, cause: 'bad card' });
    expect(await addPartner(authority, 'a letter', await print())).toEqual({ ok: false, cause: 'bad card' });
    const own = authority.keys.card;
    expect(await addPartner(authority, encodeCard(own), await fingerprint(authority.platform, own))).toEqual({
      ok: false,
      cause: 'own card',
    });
  });

  it('are on the side that this authority says, at pinning or later', async () => {
    const org = value(await addPartner(authority, card(), await print(), 'prosecution'));
    await setSide(authority, 'own', 'police');
    expect([...(await state()).sides]).toEqual([
      [org, 'prosecution'],
      [authority.keys.org, 'police'],
    ]);
    const before = (await state()).n;
    await setSide(authority, { partner: 'Fellshire Police' }, 'prosecution');
    expect((await state()).n).toBe(before);
    await setSide(authority, { partner: org }, 'police');
    expect((await state()).sides.get(org)).toBe('police');
  });

  it('are on no side that is none, and nobody else is given one', async () => {
    expect(await addPartner(authority, card(), await print(), 'defence')).toEqual({ ok: false, cause: 'unknown side' });
    expect((await state()).partners.size).toBe(0);
    expect(await setSide(authority, { partner: 'Fellshire Police' }, 'police')).toEqual({
      ok: false,
      cause: 'unknown partner',
    });
  });
});
