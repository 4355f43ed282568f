/**
 * The links that may read an area. Asked with every commit, and looked for anew only once something has changed that the
 * answer rests on: the area's rights, the directories, or which links are open.
 */
import type { OrgId } from '../../../shared/primitives/ids.ts';
import type { DirectoryState } from '../../../shared/seal/directory/directory.ts';
import type { OpenArea } from './areas.ts';
import { entitlement } from './areas.ts';
import type { Relay } from '../context.ts';
import type { DeviceLink } from '../links/links.ts';
import type { Entitlement } from '../rights.ts';
import { mayRead, readingOrgs } from '../rights.ts';

/** Links of these rights. */
export function* readersOf(relay: Relay, area: Entitlement): Generator<DeviceLink> {
  for (const org of readingOrgs(area)) {
    const directory = relay.directories.state(org);
    if (directory === null) continue;
    for (const link of relay.links.of(org)) if (mayRead(area, directory, link.device)) yield link;
  }
}

/** An answer, and all that it rests on. All of it is replaced when it changes, never written to. */
interface Answer {
  readonly access: Entitlement['access'];
  readonly left: Entitlement['left'];
  readonly version: number;
  readonly directories: ReadonlyMap<OrgId, DirectoryState | null>;
  readonly links: readonly DeviceLink[];
}

const answers = new WeakMap<OpenArea, Answer>();

/** Links that may read the area now. */
export function readersNow(relay: Relay, area: OpenArea): readonly DeviceLink[] {
  const rights = entitlement(area);
  if (rights.access && rights.access.emergencies.size > 0) return [...readersOf(relay, rights)]; // who reads hangs on the time, too
  const before = answers.get(area);
  if (before && stands(relay, rights, before)) return before.links;
  const links = [...readersOf(relay, rights)];
  const directories = new Map([...readingOrgs(rights)].map((org) => [org, relay.directories.state(org)]));
  answers.set(area, { access: rights.access, left: rights.left, version: relay.links.version(), directories, links });
  return links;
}

function stands(relay: Relay, { access, left }: Entitlement, before: Answer): boolean {
  if (access !== before.access || left !== before.left || relay.links.version() !== before.version) return false;
  for (const [org, directory] of before.directories) if (relay.directories.state(org) !== directory) return false;
  return true;
}
