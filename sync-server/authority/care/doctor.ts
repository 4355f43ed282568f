/** What `authority doctor` looks at: what an authority needs to run, and what an administrator tends to forget. Reads only. */
import { statSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Millis } from '../../../shared/primitives/units.ts';
import { MiB } from '../../../shared/primitives/units.ts';
import { readAddress } from '../../../shared/wire/address.ts';
import type { Authority } from '../authority.ts';
import { askServer } from '../cli/status.ts';
import type { SignInSettings } from '../signIn/settings.ts';
import { countOf } from '../../../shared/status/format.ts';

export interface Finding {
  readonly ok: boolean;
  readonly what: string;
  /** What to do. */
  readonly next?: string;
}

const well = (what: string): Finding => ({ ok: true, what });
const see = (what: string, next: string): Finding => ({ ok: false, what, next });
const LEAST_FREE = 256 * MiB;

export async function examine(
  { store, platform }: Authority,
  dir: string,
  relay: string,
  signIn: SignInSettings | null,
): Promise<Finding[]> {
  const { bavail, bsize } = await statfs(dir);
  const free = bavail * bsize;
  const megabytes = `${Math.round(free / MiB)} MiB free.`;
  return [
    files(dir),
    structure(dir),
    free >= LEAST_FREE ? well(megabytes) : see(megabytes, 'Make room: nobody can be enrolled or revoked without.'),
    address(relay),
    ...(await serving(dir, store.count())),
    ...(signIn === null ? [] : [await provider(signIn, () => platform.now())]),
  ];
}

function files(dir: string): Finding {
  const open = ['authority.keys', 'authority.sqlite', 'authority.toml'].filter((name) => {
    const stat = statSync(path.join(dir, name), { throwIfNoEntry: false });
    return stat !== undefined && (stat.mode & 0o077) !== 0;
  });
  return process.platform === 'win32' || open.length === 0
    ? well('Files are for their owner alone.')
    : see(`Others on this machine may read ${open.join(', ')}.`, 'chmod 600 in the data folder.');
}

function structure(dir: string): Finding {
  const db = new DatabaseSync(path.join(dir, 'authority.sqlite'), { readOnly: true, timeout: 10_000 });
  try {
    const said = db.prepare('PRAGMA quick_check(1)').get()?.['quick_check'];
    return said === 'ok'
      ? well('The database is whole.')
      : see('The database is damaged.', 'Stop the authority, keep the folder, and put the newest copy back.');
  } finally {
    db.close();
  }
}

function address(relay: string): Finding {
  if (relay === '') return see('relay.url is not set.', 'Set it, or say --relay each time.');
  const read = readAddress(relay);
  return read.ok
    ? well('The relay’s address can be one.')
    : see('relay.url is no address that laptops would take.', 'Write it as https://relay.example.');
}

async function provider(settings: SignInSettings, now: () => Millis): Promise<Finding> {
  const { providerOf } = await import('../signIn/provider.ts'); // a library that no other command should wait for
  const seen = await providerOf(settings, now).look();
  if (seen.ok) return well('The identity provider is reached, and is the issuer that is set.');
  return seen.cause === 'provider away'
    ? see('The identity provider cannot be reached: nobody can sign in.', 'Look at sign_in.issuer, and at the network.')
    : see(
        'The identity provider says that it is another issuer than the one that is set.',
        'Set sign_in.issuer exactly as its discovery document says `issuer`.',
      );
}

async function serving(dir: string, statements: number): Promise<Finding[]> {
  const running = await askServer(dir);
  if (running === null)
    return [
      see('It is not serving.', 'Start it: authority serve, or its service. Nobody can enrol or be revoked meanwhile.'),
    ];
  const { state, published } = running.relay;
  if (state !== 'connected')
    return [
      well('It is serving.'),
      see(
        `Its link to the relay is not open (${state}).`,
        'Look at the address, at the network, and whether the relay has admitted its card.',
      ),
    ];
  return [
    well('It is serving, and linked to the relay.'),
    published === undefined || published >= statements
      ? well('All that it has signed is published.')
      : see(
          `${countOf(statements - published, 'statement is', 'statements are')} not published.`,
          'Look at its log, and at the relay’s.',
        ),
  ];
}
