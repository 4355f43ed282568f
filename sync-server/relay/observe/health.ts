/**
 * Whether the relay can do its work now, for `/readyz`: it writes, has room, has the store's newest shape, and signs what
 * others can verify. Looks at most every few seconds, however often it is asked. Says words, never paths or ids.
 */
import type { DatabaseSync } from 'node:sqlite';
import { statfs } from 'node:fs/promises';
import { importVerifyKey, sign, verify } from '../../../shared/primitives/platform.ts';
import type { ByteCount, Millis } from '../../../shared/primitives/units.ts';
import { SECOND } from '../../../shared/primitives/units.ts';
import type { Relay } from '../context.ts';
import { versionOf } from '../../common/migrations.ts';
import { relayMigrations } from '../store/migrations.ts';

export type Check = 'store' | 'space' | 'migrations' | 'signer';
export interface Readiness {
  readonly ready: boolean;
  /** `ok`, or what is wrong. */
  readonly checks: Readonly<Record<Check, string>>;
}

const FRESH: Millis = 3 * SECOND;
const LABEL = 'joinder/1/relay readiness';

export async function freeSpace(dir: string): Promise<ByteCount> {
  const { bavail, bsize } = await statfs(dir);
  return bavail * bsize;
}

const failing = (check: Promise<string>): Promise<string> => check.catch(() => 'cannot be looked at');

export function openHealth(relay: Relay, db: DatabaseSync, dir: string, wanted: ByteCount) {
  let last: { readonly at: Millis; readonly readiness: Promise<Readiness> } | null = null;
  const probe = db.prepare(
    "INSERT INTO settings (name, value) VALUES ('written', ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
  );

  async function canWrite(): Promise<string> {
    const durable = await relay.commits.durably(() => void probe.run(String(relay.platform.now())));
    return durable.ok ? 'ok' : 'nothing can be written';
  }
  async function hasRoom(): Promise<string> {
    return (await freeSpace(dir)) >= wanted ? 'ok' : 'too little free space';
  }
  async function signs(): Promise<string> {
    const text = new Uint8Array([1]);
    const key = await importVerifyKey(relay.platform, relay.keys.publicKey);
    const signature = await sign(relay.platform, relay.keys.signing, LABEL, text);
    return (await verify(relay.platform, key, signature, LABEL, text)) ? 'ok' : 'what it signs does not verify';
  }

  async function look(): Promise<Readiness> {
    const [store, space, signer] = await Promise.all([failing(canWrite()), failing(hasRoom()), failing(signs())]);
    const migrations = versionOf(db) === relayMigrations.newest ? 'ok' : 'the store has another shape';
    const checks = { store, space, migrations, signer };
    return { ready: Object.values(checks).every((said) => said === 'ok'), checks };
  }

  return {
    look(): Promise<Readiness> {
      const now = relay.platform.now();
      if (last === null || now - last.at > FRESH) last = { at: now, readiness: look() };
      return last.readiness;
    },
  };
}
export type Health = ReturnType<typeof openHealth>;
