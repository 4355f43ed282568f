/** `relay console user …`: the accounts of the console. Made here, by whoever may write in the data folder, and nowhere else. */
import { readFileSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import type { Command } from 'commander';
import { nodePlatform } from '../../common/node.ts';
import { CommandFailure, oneOf } from '../../common/options.ts';
import type { ConsoleRole } from '../console/accounts.ts';
import { ROLES, SHORTEST_PASSWORD, accountStore, isAccountName, isPassword } from '../console/accounts.ts';
import { time } from '../observe/words.ts';
import type { Common } from './common.ts';
import { act, answer, common, dataOf, withStore } from './common.ts';

interface AddFlags extends Common {
  readonly role: ConsoleRole;
  readonly passwordFile?: string;
}

export function addConsole(program: Command): void {
  const users = program
    .command('console')
    .description('the web page for the administrators of this relay (console.port)')
    .command('user')
    .description('who may sign in there');
  common(users.command('add'))
    .argument('<name>', 'small letters, digits, dots and dashes')
    .option('--role <role>', `one of ${ROLES.join(', ')}`, oneOf(ROLES), 'operator')
    .option(
      '--password-file <file>',
      'take the password from this file, `-` for stdin; left out: one is made and shown once',
    )
    .description('make an account, or give it this role and a new password; its sessions end')
    .action(add);
  common(users.command('list')).description('list them').action(list);
  common(users.command('remove')).argument('<name>', 'its name').description('take an account away').action(remove);
}

/** 100 bits, in groups that can be read out. */
const newPassword = (): string => randomBytes(13).toString('hex').slice(0, 25).match(/.{5}/g)?.join('-') ?? '';

function readPassword(file: string): string {
  try {
    return readFileSync(file === '-' ? 0 : file, 'utf8').replace(/\r?\n$/, '');
  } catch {
    throw new CommandFailure('The file with the password cannot be read. Check --password-file.');
  }
}

async function add(name: string, { role, passwordFile, ...options }: AddFlags): Promise<void> {
  if (!isAccountName(name))
    throw new CommandFailure(
      'A name has up to 32 small letters, digits, dots and dashes, and begins with a letter or digit.',
    );
  const password = passwordFile === undefined ? newPassword() : readPassword(passwordFile);
  if (!isPassword(password))
    throw new CommandFailure(
      `A password has ${SHORTEST_PASSWORD} to 256 characters. Choose a longer one, or let one be made.`,
    );
  const { dir, config } = dataOf(options);
  await withStore(dir, async (db) => {
    await accountStore(db).set(name, role, password, nodePlatform.now());
    await act(dir, db, 'console user add', { name, role });
  });
  const made = passwordFile === undefined ? { password } : {};
  const isOff = config['console.port'] === null;
  answer(options.json, { name, role, ...made }, () => [
    `${name} may sign in to the console as ${role}.`,
    ...(passwordFile === undefined ? [`Password, shown this once: ${password}`] : []),
    ...(isOff ? ['The console is off: set console.port, and start the relay anew.'] : []),
  ]);
}

async function list(options: Common): Promise<void> {
  const users = await withStore(dataOf(options).dir, (db) => accountStore(db).all());
  answer(options.json, { users }, () =>
    users.length === 0
      ? ["Nobody may sign in yet: 'relay console user add NAME'."]
      : users.map(({ name, role, since }) => `${name}  ${role}, password of ${time(since)}`),
  );
}

async function remove(name: string, options: Common): Promise<void> {
  const { dir } = dataOf(options);
  const removed = await withStore(dir, async (db) => {
    const was = accountStore(db).remove(name);
    if (was) await act(dir, db, 'console user remove', { name });
    return was;
  });
  answer(options.json, { name, removed }, () => [
    removed ? `${name} may sign in no more.` : 'There was no such account.',
  ]);
}
