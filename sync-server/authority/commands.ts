/**
 * The authority's commands, from words to acts. Each opens the data folder, acts, prints and closes; all of them work
 * while `serve` runs. What they print of people stays on the terminal: nothing here is logged.
 */
import { existsSync, readFileSync, statSync } from 'node:fs';
import type { Command } from 'commander';
import { InvalidArgumentError } from 'commander';
import type { PersonId } from '../../shared/primitives/ids.ts';
import type { Result } from '../../shared/primitives/result.ts';
import { fail, ok } from '../../shared/primitives/result.ts';
import { encodeCard, fingerprint } from '../../shared/seal/card.ts';
import type { Card } from '../../shared/seal/card.ts';
import type { Given, OptionSpec, Outcome, Said } from './commandLine.ts';
import { addCommand } from './commandLine.ts';
import { port } from '../common/options.ts';
import { nodePlatform } from '../common/node.ts';
import { addPartner, addPerson, addPost, changeHolding, findPerson, readName, revokeDevice } from './acts.ts';
import type { Authority } from './authority.ts';
import { openAuthority } from './authority.ts';
import { DEFAULT_DAYS, issueCode } from './codes.ts';
import { makeKeys } from './keys.ts';
import { listPeople } from './people.ts';
import type { CommandCause } from './sentences.ts';
import { sentence } from './sentences.ts';
import { serve } from './serve.ts';
import { statusOf } from './status.ts';
import { openStore } from './store.ts';

type Answer = Result<Said, CommandCause>;

const said = (json: unknown, words: string): Answer => ok({ json, words });
const inWords = (answer: Answer): Outcome => (answer.ok ? answer : fail(sentence(answer.cause)));

/** A command on an authority that exists. */
function onAuthority(
  parent: Command,
  name: string,
  says: string,
  options: readonly OptionSpec[],
  act: (authority: Authority, given: Given) => Promise<Answer>,
): void {
  addCommand(parent, name, says, options, async (given) => {
    const authority = await openAuthority(nodePlatform, given.data);
    if (!authority.ok) return fail(sentence(authority.cause));
    try {
      return inWords(await act(authority.value, given));
    } finally {
      authority.value.store.close();
    }
  });
}

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

function addPeopleCommands(program: Command): void {
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

  const post = program.command('post').description('posts');
  onAuthority(
    post,
    'add',
    'add a post',
    [
      { flags: '--title <title>', says: 'as it stands on screens', required: true },
      { flags: '--unit <unit>', says: 'unit of the organisation' },
    ],
    async (authority, given) => {
      const added = await addPost(authority, given.text('title'), given.text('unit'));
      return added.ok ? said({ id: added.value }, `Post ${added.value} was added.`) : added;
    },
  );

  const person = program.command('person').description('people and the posts they hold');
  onAuthority(
    person,
    'add',
    'add a person',
    [
      { flags: '--name <name>', says: 'as it stands on screens', required: true },
      {
        flags: '--post <post>',
        says: 'id or exact title of a post; made when there is none of that title; repeatable',
        repeatable: true,
      },
      { flags: '--unit <unit>', says: 'unit of the posts named by title' },
    ],
    async (authority, given) => {
      const added = await addPerson(authority, given.text('name'), given.many('post'), given.optional('unit'));
      return added.ok
        ? said({ id: added.value }, `Person ${added.value} was added. Next: enrol-code --person ${added.value}`)
        : added;
    },
  );
  onAuthority(person, 'list', 'list people, posts and devices', [], async (authority) => {
    const list = listPeople(await authority.directory.state());
    return said(list.json, list.words);
  });
  addHolding(person, 'hold-post', 'give a person a post', 'holds');
  addHolding(person, 'leave-post', 'take a post from a person', 'leaves');

  onAuthority(
    program,
    'enrol-code',
    'make a code that enrols one device of a person',
    [
      { flags: '--person <person>', says: 'id, or exact name', required: true },
      { flags: '--days <number>', says: `days until it expires (default ${DEFAULT_DAYS})`, number: days },
    ],
    enrolCode,
  );

  const device = program.command('device').description('devices');
  onAuthority(
    device,
    'revoke',
    'end the access of a device',
    [{ flags: '--device <id>', says: 'id of the device', required: true }],
    async (authority, given) => {
      const revoked = await revokeDevice(authority, given.text('device'));
      return revoked.ok ? said({ id: revoked.value }, `Device ${revoked.value} is revoked.`) : revoked;
    },
  );
}

function addHolding(person: Command, name: string, says: string, is: 'holds' | 'leaves'): void {
  const options = [
    { flags: '--person <person>', says: 'id, or exact name', required: true },
    { flags: '--post <post>', says: 'id, or exact title', required: true },
  ];
  onAuthority(person, name, says, options, async (authority, given) => {
    const changed = await changeHolding(authority, is, given.text('person'), given.text('post'));
    return changed.ok
      ? said(
          { id: changed.value },
          is === 'holds' ? 'The person holds the post.' : 'The person no longer holds the post.',
        )
      : changed;
  });
}

function days(text: string): number {
  const value = Number(text);
  if (!/^\d{1,3}$/.test(text) || value < 1 || value > 365)
    throw new InvalidArgumentError('Days are a number from 1 to 365.');
  return value;
}

async function enrolCode(authority: Authority, given: Given): Promise<Answer> {
  const person: Result<PersonId, CommandCause> = findPerson(await authority.directory.state(), given.text('person'));
  if (!person.ok) return person;
  const issued = await issueCode(authority, person.value, given.number('days', DEFAULT_DAYS));
  if (!issued.ok) return issued;
  const expires = new Date(issued.value.expires).toISOString();
  return said(
    { code: issued.value.code, expires },
    `Code: ${issued.value.code}\nIt enrols one computer, until ${expires}. Hand it over in person or by a channel you trust.`,
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
