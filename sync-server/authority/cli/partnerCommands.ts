/** The commands about partner organisations. */
import type { Command } from 'commander';
import { SIDES } from '../../../shared/model/roles.ts';
import { fail } from '../../../shared/primitives/result.ts';
import { readCard } from '../../common/card.ts';
import { onAuthority, said } from './onAuthority.ts';
import { addPartner, setSide } from '../partners.ts';

export const SIDE_SAYS = `what it is in the work: ${SIDES.join(' or ')}`;

export function addPartnerCommands(program: Command): void {
  const partner = program.command('partner').description('partner organisations');
  onAuthority(
    partner,
    'add',
    'pin a partner by its card and the fingerprint it read out',
    [
      { flags: '--card <card>', says: 'the card, or a file that holds it', required: true },
      { flags: '--fingerprint <digits>', says: 'as the partner read it out', required: true },
      { flags: '--side <side>', says: SIDE_SAYS },
    ],
    async (authority, given) => {
      const card = readCard(given.text('card'));
      if (card === null) return fail('no card file');
      const added = await addPartner(authority, card, given.text('fingerprint'), given.optional('side'));
      return added.ok ? said({ id: added.value }, `Partner ${added.value} is pinned.`) : added;
    },
  );
  onAuthority(
    partner,
    'side',
    'say on which side a partner is',
    [
      { flags: '--partner <partner>', says: 'id, or exact name', required: true },
      { flags: '--side <side>', says: SIDE_SAYS, required: true },
    ],
    async (authority, given) => {
      const done = await setSide(authority, { partner: given.text('partner') }, given.text('side'));
      return done.ok ? said({ id: done.value }, `The partner is: ${given.text('side')}.`) : done;
    },
  );
  onAuthority(partner, 'list', 'list partners', [], async (authority) => {
    const state = await authority.directory.state();
    const partners = [...state.partners.values()].map(({ org, name }) => ({
      id: org,
      name,
      side: state.sides.get(org) ?? null,
    }));
    const lines = partners.map((p) => `${p.name} (partner ${p.id}), ${p.side ?? 'side not said'}`);
    return said({ partners }, lines.join('\n') || 'None yet. Next: partner add --card CARD --fingerprint DIGITS');
  });
}
