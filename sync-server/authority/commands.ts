/**
 * The authority's commands, from words to acts. Each opens the data folder, acts, prints and closes; all of them work
 * while `serve` runs. What they print of people stays on the terminal: nothing here is logged.
 */
import { existsSync, readFileSync, statSync } from 'node:fs';
import type { Command } from 'commander';
import { fail, ok } from '../../shared/primitives/result.ts';
import { encodeCard, fingerprint } from '../../shared/seal/card.ts';
import type { Card } from '../../shared/seal/card.ts';
import type { Given, Outcome } from './commandLine.ts';
import { addCommand } from './commandLine.ts';
import { port } from '../common/options.ts';
import { nodePlatform } from '../common/node.ts';
import { addPartner, readName } from './acts.ts';
import { makeKeys } from './keys.ts';
import type { Answer } from './onAuthority.ts';
import { inWords, onAuthority, said } from './onAuthority.ts';
import { addPeopleCommands } from './peopleCommands.ts';
import { sentence } from './sentences.ts';
import { serve } from './serve.ts';
import { statusOf } from './status.ts';
import { openStore } from './store.ts';

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
    [{ flags: '--name <name>', says: 'name of the organisation', required: true }],
    async (given) => inWords(await init(given)),
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
      { flags: '--relay <url>', says: 'address of the relay', required: true },
      { flags: '--port <number>', says: 'loopback port of /healthz (default: any free one)', number: port },
    ],
    serveCommand,
  );
  addPartnerCommands(program);
  addPeopleCommands(program);
}

async function init(given: Given): Promise<Answer> {
  const name = readName(given.text('name'));
  if (!name.ok) return name;
  const card = await makeKeys(nodePlatform, given.data, name.value);
  if (!card.ok) return card;
  openStore(given.data).close();
  return sayCard(card.value);
}

async function serveCommand(given: Given): Promise<Outcome> {
  const serving = await serve({ dir: given.data, relay: given.text('relay'), port: given.number('port', 0) });
  if (!serving.ok) return fail(sentence(serving.cause));
  const json = { listening: serving.value };
  return ok({ json, words: JSON.stringify(json) }); // for scripts either way: they wait for this line
}

function addPartnerCommands(program: Command): void {
  const partner = program.command('partner').description('partner organisations');
  onAuthority(
    partner,
    'add',
    'pin a partner by its card and the fingerprint it read out',
    [
      { flags: '--card <card>', says: 'the card, or a file that holds it', required: true },
      { flags: '--fingerprint <digits>', says: 'as the partner read it out', required: true },
    ],
    async (authority, given) => {
      const card = readCard(given.text('card'));
      if (card === null) return fail('no card file');
      const added = await addPartner(authority, card, given.text('fingerprint'));
      return added.ok ? said({ id: added.value }, `Partner ${added.value} is pinned.`) : added;
    },
  );
}

/** A card given as text, or the text of the file named; null where there is no such file. */
function readCard(card: string): string | null {
  if (card.trim().startsWith('joinder-card-')) return card;
  return existsSync(card) && statSync(card).isFile() && statSync(card).size < 64 * 1024
    ? cardIn(readFileSync(card, 'utf8'))
    : null;
}

/** A file may hold the card alone, or what `card --json` printed. */
function cardIn(text: string): string {
  return /joinder-card-[\w.-]+/.exec(text)?.[0] ?? text;
}
