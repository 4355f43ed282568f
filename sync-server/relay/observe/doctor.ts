/**
 * What `relay doctor` looks at: what a relay needs to run, and what an administrator tends to forget. Each finding is well,
 * or says what to do. Reads only.
 */
import { statSync } from 'node:fs';
import path from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import type { Platform } from '../../../shared/primitives/platform.ts';
import { DAY, HOUR } from '../../../shared/primitives/units.ts';
import type { CertificateCause } from '../../common/certificate.ts';
import { readCertificate } from '../../common/certificate.ts';
import { newestCopy } from '../backup/copies.ts';
import type { Config } from '../config/schema.ts';
import { isLoopback, tlsFiles } from '../http/listen.ts';
import { KEY_FILE, loadKeys } from '../keys.ts';
import { findBrokenAct, readActs } from '../store/acts.ts';
import { orgStore } from '../store/orgs.ts';
import { freeSpace } from './health.ts';
import { askRunning } from './status.ts';
import { bytes, count } from './words.ts';
import { importVerifyKey } from '../../../shared/primitives/platform.ts';

export interface Finding {
  readonly ok: boolean;
  readonly what: string;
  /** What to do. */
  readonly next?: string;
}

const well = (what: string): Finding => ({ ok: true, what });
const see = (what: string, next: string): Finding => ({ ok: false, what, next });

/** `isQuick`: the database is not read through, which takes long where it is large. */
export async function examine(
  platform: Platform,
  db: DatabaseSync,
  dir: string,
  config: Config,
  isQuick = false,
): Promise<Finding[]> {
  return [
    ...folder(dir),
    await key(platform, db, dir),
    ...(isQuick ? [] : [structure(db)]),
    await space(dir, config),
    ...(await running(db, dir)),
    copies(platform, config),
    exposure(config),
    ...certificate(platform, config),
  ];
}

/** Files that hold keys or sealed entries are for their owner alone. */
function folder(dir: string): Finding[] {
  const open = [KEY_FILE, 'relay.sqlite', 'running.json', 'relay.toml'].filter((name) => {
    const stat = statSync(path.join(dir, name), { throwIfNoEntry: false });
    return stat !== undefined && (stat.mode & 0o077) !== 0;
  });
  if (process.platform === 'win32' || open.length === 0) return [well('Files are for their owner alone.')];
  return [see(`Others on this machine may read ${open.join(', ')}.`, `chmod 600 in the data folder.`)];
}

async function key(platform: Platform, db: DatabaseSync, dir: string): Promise<Finding> {
  const keys = await loadKeys(platform, dir);
  if (keys === null)
    return see(
      'There is no relay.key here that can be read.',
      'Put back the one that was here; a new relay makes one with relay init.',
    );
  const broken = await findBrokenAct(platform, readActs(db), await importVerifyKey(platform, keys.publicKey));
  return broken === null
    ? well('relay.key is here, and administrators’ acts hold.')
    : see(
        `Act ${broken} does not hold under this relay.key.`,
        'relay audit verify says more; find out who changed what.',
      );
}

function structure(db: DatabaseSync): Finding {
  const said = db.prepare('PRAGMA quick_check(1)').get()?.['quick_check'];
  return said === 'ok'
    ? well('The database is whole.')
    : see(
        'The database is damaged.',
        'Stop the relay, keep the folder, and restore from a copy (relay backup restore).',
      );
}

async function space(dir: string, config: Config): Promise<Finding> {
  const free = await freeSpace(dir);
  const said = `${bytes(free)} free.`;
  return free >= config['limits.free-space']
    ? well(said)
    : see(said, 'Make room, or enlarge the disk: uploads are declined before entries are.');
}

async function running(db: DatabaseSync, dir: string): Promise<Finding[]> {
  const orgs = orgStore(db).all();
  const none = orgs.length === 0 ? [see('No organisation is admitted.', 'relay org add --authority CARD.')] : [];
  const said = await askRunning(dir);
  if (said === null) return [...none, see('The relay is not running.', 'Start it: relay serve, or its service.')];
  const away = orgs.filter(({ org }) => !said.linkedAuthorities.includes(org));
  const authorities =
    away.length === 0
      ? well('Every authority is linked.')
      : see(
          `Not linked: the authority of ${away.map(({ org }) => org).join(', ')}.`,
          'Nobody there can enrol or be revoked meanwhile: start it, and look at its status.',
        );
  const isSlow = said.lag > 500 || said.queue > 1000;
  const pace = isSlow
    ? see(
        `It is slow: lag ${said.lag} ms, ${said.queue} waiting for the disk.`,
        'Look at the disk and at what else runs on this machine.',
      )
    : well(`It keeps up: lag ${said.lag} ms, ${said.queue} waiting for the disk.`);
  return [...none, well(`Running at ${said.url}.`), authorities, pace];
}

function copies(platform: Platform, config: Config): Finding {
  const folderOf = config['backup.folder'];
  if (folderOf === '')
    return see(
      'backup.folder is not set, so nobody knows of copies.',
      'Set it, and run relay backup create each night.',
    );
  const newest = newestCopy(folderOf);
  if (newest === null) return see('There is no copy in backup.folder.', 'relay backup create.');
  const hours = Math.round((platform.now() - newest.time) / HOUR);
  const said = `The newest copy is ${count(hours, 'hour')} old.`;
  return hours <= config['backup.warn-after']
    ? well(said)
    : see(said, 'relay backup create; see why the nightly one did not run.');
}

function exposure(config: Config): Finding {
  if (tlsFiles(config) !== null) return well('It speaks TLS with a certificate of its own.');
  const isBehind = config['proxy.trusted'].length > 0;
  if (isLoopback(config['listen.host']))
    return well('It listens on this machine alone; a TLS proxy stands before it, if laptops reach it.');
  return isBehind
    ? well('It listens in the clear, for the proxies in proxy.trusted: see that nobody else reaches that port.')
    : see(
        `It listens on ${config['listen.host']} in the clear.`,
        'Set tls.certificate and tls.key, or put a TLS proxy before it and let it listen on 127.0.0.1.',
      );
}

const WHY: Readonly<Record<CertificateCause, string>> = {
  'cannot be read': 'tls.certificate or tls.key cannot be read by this user.',
  'no certificate': 'tls.certificate is no certificate in PEM.',
  'no key': 'tls.key is no private key in PEM.',
  'another key': 'tls.key is not the key of tls.certificate.',
};
const EXPIRES_SOON = 14 * DAY;

function certificate(platform: Platform, config: Config): Finding[] {
  const files = tlsFiles(config);
  if (files === null) return [];
  const read = readCertificate(files);
  if (!read.ok) return [see(WHY[read.cause], 'Put the right files there; a running relay takes them within seconds.')];
  const days = Math.floor((read.value.expires - platform.now()) / DAY);
  if (days < 0) return [see('The certificate has expired.', 'Renew it: laptops refuse it.')];
  const said = `The certificate serves ${days} more ${days === 1 ? 'day' : 'days'}.`;
  return [
    read.value.expires - platform.now() > EXPIRES_SOON
      ? well(said)
      : see(said, 'Renew it; a running relay takes the new one within seconds.'),
  ];
}
