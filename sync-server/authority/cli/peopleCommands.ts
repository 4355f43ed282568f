/**
 * The commands about people: posts and what they may do, persons, enrolment codes, devices. What they print of people stays on
 * the terminal: nothing here is logged.
 */
import type { Command } from 'commander';
import { InvalidArgumentError } from 'commander';
import type { PersonId } from '../../../shared/primitives/ids.ts';
import type { Result } from '../../../shared/primitives/result.ts';
import { fail } from '../../../shared/primitives/result.ts';
import { ROLES } from '../../../shared/model/roles.ts';
import { addPerson, addPost, findPerson, giveRoles, revokeDevice } from '../acts.ts';
import type { Authority } from '../authority.ts';
import { DEFAULT_DAYS, issueCode } from '../enrol/codes.ts';
import type { Given, OptionSpec } from './commandLine.ts';
import type { Answer } from './onAuthority.ts';
import { onAuthority, said } from './onAuthority.ts';
import { addBaselineCommands, addByHandCommands } from '../people/byHandCommands.ts';
import { endPost, renamePost } from '../people/posts.ts';
import { addRetentionCommands } from '../people/retentionCommands.ts';
import { listPeople } from './people.ts';
import type { CommandCause } from './sentences.ts';

const ROLE: OptionSpec = {
  flags: '--role <role>',
  says: `what its holders may do: ${ROLES.join(', ')}; repeatable`,
  repeatable: true,
};

async function postRole(authority: Authority, given: Given): Promise<Answer> {
  const roles = given.many('role');
  if (roles.length === 0 && !given.has('none')) return fail('no role');
  const done = await giveRoles(authority, given.text('post'), roles, given.optional('unit'));
  const words = roles.length === 0 ? 'The post has no role now.' : `The post now has: ${roles.join(', ')}.`;
  return done.ok ? said({ id: done.value, roles }, words) : done;
}

export function addPeopleCommands(program: Command): void {
  const post = program.command('post').description('posts');
  onAuthority(
    post,
    'add',
    'add a post',
    [
      { flags: '--title <title>', says: 'as it stands on screens', required: true },
      { flags: '--unit <unit>', says: 'unit of the organisation' },
      ROLE,
    ],
    async (authority, given) => {
      const added = await addPost(authority, given.text('title'), given.text('unit'), given.many('role'));
      return added.ok ? said({ id: added.value }, `Post ${added.value} was added.`) : added;
    },
  );
  onAuthority(
    post,
    'role',
    'say what the holders of a post may do, in place of what was said before',
    [
      { flags: '--post <post>', says: 'id, or exact title', required: true },
      { flags: '--unit <unit>', says: 'unit of the post named by title' },
      ROLE,
      { flags: '--none', says: 'take away all roles' },
    ],
    postRole,
  );

  const POST: OptionSpec = { flags: '--post <post>', says: 'id, or exact title', required: true };
  onAuthority(
    post,
    'rename',
    'call a post otherwise, or put it into another unit; its cases stay with it',
    [
      POST,
      { flags: '--title <title>', says: 'as it stands on screens', required: true },
      { flags: '--unit <unit>', says: 'unit of the organisation' },
    ],
    async (authority, given) => {
      const done = await renamePost(authority, given.text('post'), given.text('title'), given.optional('unit') ?? '');
      return done.ok ? said({ id: done.value }, 'The post is called so now.') : done;
    },
  );
  onAuthority(post, 'end', 'take a post from everybody, and its roles away', [POST], async (authority, given) => {
    const done = await endPost(authority, given.text('post'));
    return done.ok ? said({ id: done.value }, 'Nobody holds the post any more, and it has no role.') : done;
  });

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
      { ...ROLE, says: `of the posts that this makes: ${ROLE.says}` },
    ],
    async (authority, given) => {
      const added = await addPerson(authority, given.text('name'), given.many('post'), {
        unit: given.optional('unit'),
        roles: given.many('role'),
      });
      return added.ok
        ? said({ id: added.value }, `Person ${added.value} was added. Next: enrol-code --person ${added.value}`)
        : added;
    },
  );
  onAuthority(person, 'list', 'list people, posts and devices', [], async (authority) => {
    const list = listPeople(await authority.directory.state());
    return said(list.json, list.words);
  });
  addByHandCommands(person);
  addBaselineCommands(program);
  addRetentionCommands(program);

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
