/**
 * Ours: the officer's evidence process, the relay as it is served, and the prosecutor's evidence process, between two
 * organisations. Bytes go through the prosecutor's intake as in a release; only the events of the log are left out.
 */
import { randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import type { AreaId, Hash } from '../../../shared/primitives/ids.ts';
import type { TestLink } from '../../../sync-server/relay/testing/link.fixture.ts';
import { connect } from '../../../sync-server/relay/testing/link.fixture.ts';
import { intake, makeWorld } from '../../../sync-server/relay/testing/world.fixture.ts';
import type { World } from '../../../sync-server/relay/testing/world.fixture.ts';
import type { Part } from './part.ts';
import { startPart } from './part.ts';
import type { Process, System } from './step.ts';
import { measure } from './step.ts';

const REFER = 2048;

export interface Sealed {
  readonly chunks: readonly { readonly hash: Hash; readonly size: number }[];
}

/** A relay with an officer and a prosecutor linked to it. */
export interface Court {
  readonly relay: Process;
  readonly area: AreaId;
  readonly officer: TestLink;
  readonly prosecutor: TestLink;
  /** Names chunks in the prosecutor's intake, as a release does before they are sent. */
  refer(sealed: readonly Sealed[]): Promise<void>;
  /** Throws away what the relay keeps, behind its back. */
  forget(): void;
  end(): Promise<void>;
}

export async function openCourt(): Promise<Court> {
  const world: World = await makeWorld('--log-level', 'error');
  const [officer, prosecutor] = [
    await connect(world.relay.url, world.officer),
    await connect(world.relay.url, world.prosecutor),
  ];
  const area = await intake(world.prosecutor);
  return {
    relay: { name: 'relay', pid: world.relay.pid },
    area,
    officer,
    prosecutor,
    refer: async (sealed) => {
      const chunks = sealed.flatMap((content) => content.chunks.map(({ hash }) => hash));
      const tag = randomBytes(32).toString('hex') as Hash;
      for (let at = 0; at < chunks.length; at += REFER) {
        const answer = await officer.ask('refer', { area, tag, chunks: chunks.slice(at, at + REFER), from: null });
        if (answer.t !== 'done') throw new Error(`the relay did not refer: ${answer.t}`);
      }
    },
    forget: () => {
      const chunks = path.join(world.relay.data, 'chunks');
      for (const folder of readdirSync(chunks)) rmSync(path.join(chunks, folder), { recursive: true });
    },
    end: async () => {
      await officer.close();
      await prosecutor.close();
      await world.end();
    },
  };
}

export interface Ours extends System {
  readonly parts: readonly Part[];
}

export async function openOurs(
  name: string,
  court: Court,
  script: string,
  files: readonly string[],
  folder: string,
  program?: { program: string; env: NodeJS.ProcessEnv },
): Promise<Ours> {
  mkdirSync(folder, { recursive: true });
  // As the application starts it.
  const started = { ...program, env: { ...program?.env, UV_THREADPOOL_SIZE: '16' } };
  const sender = startPart('officer', script, started);
  const receiver = startPart('prosecutor', script, started);
  const up = { relay: court.officer.url, token: court.officer.welcome.token, area: court.area };
  const down = { ...up, token: court.prosecutor.welcome.token };
  const [one, other] = [path.join(folder, 'officer'), path.join(folder, 'prosecutor')];
  const anew = async (): Promise<void> => {
    await sender.ask('open', one);
    await receiver.ask('open', other);
    court.forget();
  };
  const all = [sender, court.relay, receiver];
  let sealed: readonly Sealed[] = [];
  const bring = async (): Promise<void> => void (sealed = await sender.ask('importAll', files));
  return {
    name,
    parts: [sender, receiver],
    round: async () => {
      await anew();
      const imported = await measure([sender], bring);
      const upload = await measure([sender, court.relay], async () => {
        await court.refer(sealed);
        await sender.ask('send', up, sealed);
      });
      const download = await measure([court.relay, receiver], () => receiver.ask('fetch', down, sealed));
      await anew();
      const whole = await measure(all, async () => {
        await bring();
        await court.refer(sealed);
        await Promise.all([sender.ask('send', up, sealed), receiver.ask('fetch', down, sealed)]);
      });
      return { import: imported, upload, download, whole };
    },
    end: async () => {
      await sender.end();
      await receiver.end();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
