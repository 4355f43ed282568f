/** The command that lets an identity provider in: it prints a token, once, and where the service listens. */
import type { Command } from 'commander';
import { addressOf, choosePort } from '../address.ts';
import { onAuthority, said } from '../cli/onAuthority.ts';
import { SCIM_PATH } from './names.ts';
import { makeToken } from './tokens.ts';

export function addScimCommands(program: Command): void {
  onAuthority(
    program,
    'scim-token',
    'make a token with which an identity provider may say who is who, by SCIM',
    [{ flags: '--replace', says: 'end the tokens made before' }],
    async (authority, given) => {
      const url = `${addressOf(await choosePort(given.data))}${SCIM_PATH}`;
      const token = await makeToken(authority, given.has('replace'));
      return said(
        { token, url },
        `Token: ${token}\nIt is shown this once. The service: ${url} while the authority serves; put a proxy with TLS before it for a provider elsewhere.`,
      );
    },
  );
}
