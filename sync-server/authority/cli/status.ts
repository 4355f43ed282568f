/** How an authority stands: what its directory holds, how many codes are open, and what a running server says of its link. */
import { readFileSync } from 'node:fs';
import { countOf } from '../../../shared/status/format.ts';
import { fingerprint } from '../../../shared/seal/directory/card.ts';
import type { Said } from './commandLine.ts';
import type { Authority } from '../authority.ts';
import { listeningFile } from '../address.ts';

export async function statusOf({ platform, keys, store, directory }: Authority, dir: string): Promise<Said> {
  const state = await directory.state();
  const running = await askServer(dir);
  const json = {
    name: keys.card.name,
    org: keys.org,
    fingerprint: await fingerprint(platform, keys.card),
    statements: state.n,
    posts: state.posts.size,
    people: state.people.size,
    devices: state.devices.size,
    partners: state.partners.size,
    openCodes: store.openCodes(platform.now()),
    serving: running,
  };
  const counts = [
    `${countOf(json.people, 'person', 'people')} in ${countOf(json.posts, 'post', 'posts')} on ${countOf(json.devices, 'device', 'devices')}`,
    countOf(json.partners, 'partner', 'partners'),
    countOf(json.openCodes, 'open enrolment code', 'open enrolment codes'),
    `${countOf(json.statements, 'statement', 'statements')}.`,
  ].join('; ');
  return {
    json,
    words: `${json.name}, fingerprint ${json.fingerprint}\n${counts}\n${running === null ? 'Not serving.' : `Serving; relay link: ${linkWords(running.relay)}.`}`,
  };
}

/** What it waits for and until when, so that nobody needs the log for it. */
const linkWords = ({ state, cause, again }: Running['relay']): string =>
  state === 'waiting' && cause !== undefined ? `waiting (${cause}); tries again at ${again}` : state;

interface Running {
  readonly listening: string;
  /** `published`: how many statements the relay has. */
  readonly relay: {
    readonly state: string;
    readonly published?: number;
    /** Of one that waits: why, and until when (ISO 8601). */
    readonly cause?: string;
    readonly again?: string;
  };
}

/** What the server of this folder answers; null where none does. */
export async function askServer(dir: string): Promise<Running | null> {
  try {
    const listening = readFileSync(listeningFile(dir), 'utf8');
    const answer = await fetch(`${listening}/healthz`, { signal: AbortSignal.timeout(2000) });
    const { relay } = (await answer.json()) as Running;
    return { listening, relay };
  } catch {
    return null; // no file, or a server that is gone: both mean that none serves
  }
}
