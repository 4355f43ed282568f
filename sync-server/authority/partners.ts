/** What an administrator says of organisations: which are partners, and on which side each is, this one included. */
import { equalBytes } from '../../shared/primitives/bytes.ts';
import { isSide } from '../../shared/model/roles.ts';
import type { OrgId } from '../../shared/primitives/ids.ts';
import { isId } from '../../shared/primitives/ids.ts';
import type { Result } from '../../shared/primitives/result.ts';
import { fail, ok } from '../../shared/primitives/result.ts';
import { decodeCard, fingerprint, orgIdOf } from '../../shared/seal/directory/card.ts';
import type { DirectoryState, Statement } from '../../shared/seal/directory/directory.ts';
import type { ActCause } from './acts.ts';
import type { Authority } from './authority.ts';

/** As people read it out: any case, with or without dashes, O for 0, I and L for 1. */
const plainFingerprint = (text: string): string =>
  text
    .toUpperCase()
    .replaceAll(/[^0-9A-Z]/g, '')
    .replaceAll('O', '0')
    .replaceAll(/[IL]/g, '1');

/** Pins a partner: its card is taken only with the fingerprint that was read out over another channel. `side` as for `setSide`. */
export async function addPartner(
  authority: Authority,
  cardText: string,
  readOut: string,
  side?: string,
): Promise<Result<OrgId, ActCause>> {
  const { platform, keys, directory } = authority;
  const card = decodeCard(cardText);
  if (!card.ok) return fail('bad card');
  const { name, signKey, boxKey } = card.value;
  const print = await fingerprint(platform, card.value);
  if (plainFingerprint(print) !== plainFingerprint(readOut)) return fail('other fingerprint');
  const org = await orgIdOf(platform, signKey);
  if (org === keys.org) return fail('own card');
  return directory.change<OrgId, ActCause>((state) => {
    const held = state.partners.get(org);
    const same = held !== undefined && held.name === name && equalBytes(held.boxKey, boxKey);
    const pin: Statement[] = same ? [] : [{ is: 'partner', org, name, signKey, boxKey }];
    const sided = side === undefined ? ok([]) : sideOf(state, org, side);
    return sided.ok ? ok({ statements: [...pin, ...sided.value], value: org }) : sided;
  });
}

/** Says on which side an organisation is: this one, or a partner by its id or, where only one has it, exact name. */
export function setSide(
  authority: Authority,
  of: { readonly partner: string } | 'own',
  side: string,
): Promise<Result<OrgId, ActCause>> {
  return authority.directory.change<OrgId, ActCause>((state) => {
    const org = of === 'own' ? ok(state.org) : findPartner(state, of.partner);
    if (!org.ok) return org;
    const sided = sideOf(state, org.value, side);
    return sided.ok ? ok({ statements: sided.value, value: org.value }) : sided;
  });
}

/** The statement that says so; none where it is said already. */
function sideOf(state: DirectoryState, org: OrgId, side: string): Result<Statement[], 'unknown side'> {
  if (!isSide(side)) return fail('unknown side');
  return ok(state.sides.get(org) === side ? [] : [{ is: 'side', org, side }]);
}

function findPartner(state: DirectoryState, partner: string): Result<OrgId, 'unknown partner' | 'several partners'> {
  const wanted = partner.normalize('NFC').trim();
  if (isId(wanted)) return state.partners.has(wanted as OrgId) ? ok(wanted as OrgId) : fail('unknown partner');
  const [first, second] = [...state.partners.values()].filter(({ name }) => name === wanted);
  if (first === undefined) return fail('unknown partner');
  return second === undefined ? ok(first.org) : fail('several partners');
}
