/**
 * The authority's commands, from words to acts. Each opens the data folder, acts, prints and closes; all of them work
 * while `serve` runs. What they print of people stays on the terminal: nothing here is logged.
 */
import { existsSync, writeFileSync } from 'node:fs';
import type { Command } from 'commander';
import { fail, ok } from '../../../shared/primitives/result.ts';
import { encodeCard, fingerprint } from '../../../shared/seal/directory/card.ts';
import type { Card } from '../../../shared/seal/directory/card.ts';
import type { Given, Outcome } from './commandLine.ts';
import { addCommand } from './commandLine.ts';
import { port } from '../../common/options.ts';
import { nodePlatform } from '../../common/node.ts';
import { isSide } from '../../../shared/model/roles.ts';
import { readName } from '../acts.ts';
import { openAuthority } from '../authority.ts';
import { addCareCommands } from '../care/careCommands.ts';
import { CONFIG_OPTION } from '../care/configOption.ts';
import { AUTHORITY_SETTINGS, loadAuthority, settingsFile, signInOf } from '../care/settings.ts';
import { commentedFile } from '../../common/config/pages.ts';
import { addLeaseCommands } from '../devices/leaseCommands.ts';
import { addGuestCommands } from '../guests/guestCommands.ts';
import { addHrCommands } from '../hr/hrCommands.ts';
import { makeKeys } from '../keys.ts';
import type { Answer } from './onAuthority.ts';
import { inWords, onAuthority, said } from './onAuthority.ts';
import { SIDE_SAYS, addPartnerCommands } from './partnerCommands.ts';
import { setSide } from '../partners.ts';
import { addPeopleCommands } from './peopleCommands.ts';
import { addRulesCommands } from './rulesCommands.ts';
import { addScimCommands } from '../scim/scimCommands.ts';
import { addSignInCommands } from '../signIn/signInCommands.ts';
import { sentence } from './sentences.ts';
import { statusOf } from './status.ts';
import { openStore } from '../store.ts';

async function sayCard(card: Card): Promise<Answer> {
  const print = await fingerprint(nodePlatform, card);
  const text = encodeCard(card);
  return said({ card: text, fingerprint: print }, `Card: ${text}\nFingerprint, to be read out to partners: ${print}`);
}

export function addCommands(program: Command): void {
  addCommand(
    program,
    'init',
    'make the keys of a new authority',
    [
      { flags: '--name <name>', says: 'name of the organisation', required: true },
      { flags: '--side <side>', says: SIDE_SAYS },
    ],
    async (given) => inWords(await init(given)),
  );
  onAuthority(
    program,
    'side',
    'say on which side this organisation is',
    [{ flags: '--side <side>', says: SIDE_SAYS, required: true }],
    async (authority, given) => {
      const done = await setSide(authority, 'own', given.text('side'));
      return done.ok ? said({ id: done.value }, `This organisation is: ${given.text('side')}.`) : done;
    },
  );
  onAuthority(program, 'card', 'print the public card and its fingerprint', [], (authority) =>
    sayCard(authority.keys.card),
  );
  onAuthority(
    program,
    'status',
    'print what the directory holds and whether it is served',
    [],
    async (authority, given) => {
      const status = await statusOf(authority, given.data);
      return said(status.json, status.words);
    },
  );
  addCommand(
    program,
    'serve',
    'answer laptops and publish the directory, through a relay',
    [
      CONFIG_OPTION,
      { flags: '--relay <url>', says: 'address of the relay; goes before the setting relay.url' },
      {
        flags: '--port <number>',
        says: 'loopback port of /healthz and SCIM (default: that of the last time)',
        number: port,
      },
    ],
    serveCommand,
  );
  addPartnerCommands(program);
  addPeopleCommands(program);
  addScimCommands(program);
  addHrCommands(program);
  addRulesCommands(program);
  addLeaseCommands(program);
  addSignInCommands(program);
  addGuestCommands(program);
  addCareCommands(program);
}

async function init(given: Given): Promise<Answer> {
  const name = readName(given.text('name'));
  const side = given.optional('side');
  if (!name.ok) return name;
  if (side !== undefined && !isSide(side)) return fail('unknown side');
  const card = await makeKeys(nodePlatform, given.data, name.value);
  if (!card.ok) return card;
  openStore(given.data).close();
  if (!existsSync(settingsFile(given.data)))
    writeFileSync(settingsFile(given.data), commentedFile(AUTHORITY_SETTINGS, given.data), { mode: 0o600 });
  if (side !== undefined) {
    const authority = await openAuthority(nodePlatform, given.data);
    if (!authority.ok) return authority;
    await setSide(authority.value, 'own', side);
    authority.value.store.close();
  }
  return sayCard(card.value);
}

async function serveCommand(given: Given): Promise<Outcome> {
  const { serve } = await import('../serve.ts'); // an HTTP server that no other command should wait for
  const relay = given.optional('relay');
  const wantedPort = given.number('port', -1);
  const flags = {
    ...(relay === undefined ? {} : { 'relay.url': relay }),
    ...(wantedPort < 0 ? {} : { 'listen.port': String(wantedPort) }),
  };
  const loaded = loadAuthority(given.data, given.optional('config'), flags);
  if (!loaded.ok) return loaded;
  const { config } = loaded.value;
  if (config['relay.url'] === '') return fail('Which relay? Say it with --relay, or set relay.url in authority.toml.');
  const signIn = signInOf(config);
  if (!signIn.ok) return signIn;
  const serving = await serve({
    dir: given.data,
    relay: config['relay.url'],
    port: config['listen.port'],
    level: config['log.level'],
    signIn: signIn.value,
  });
  if (!serving.ok) return fail(sentence(serving.cause));
  const json = { listening: serving.value };
  return ok({ json, words: JSON.stringify(json) }); // for scripts either way: they wait for this line
}
