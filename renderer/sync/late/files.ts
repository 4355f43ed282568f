/**
 * Files that lay on a computer which was shut out: what it had not sent of them came by the late lane, and is carried into the
 * case that they were added to, so that it is kept there and can be fetched. Asked again while they are not here, since the
 * computer sends them in its own time. Decides nothing else.
 */
import type { AreaId, CaseId, DeviceId, Hash } from '../../../shared/primitives/ids.ts';
import type { Millis } from '../../../shared/primitives/units.ts';
import { DAY, MINUTE, SECOND } from '../../../shared/primitives/units.ts';
import type { FactOf, Logged } from '../../../shared/model/logged.ts';
import { caseOfArea } from '../cases/caseIndex.ts';
import type { InLine } from '../cases/moving/ranking.ts';
import type { Held } from '../cases/moving/wantedDown.ts';
import { isWanted } from '../cases/moving/wantedDown.ts';
import { guestPlaceAt } from '../guests/places.ts';
import type { Session } from '../session.ts';

/** For so long they may still come. */
const LATELY: Millis = 31 * DAY;
const JUST_NOW: Millis = 5 * MINUTE;
const SOON: Millis = 2 * SECOND;
/** Chunks that one question names. */
const AT_ONCE = 2048;

type Added = Logged<FactOf<'added' | 'guest brought'>>;
const askedAt = new WeakMap<Session, Map<string, Millis>>();

/** What of them should come down to this computer. */
export async function lateFiles(session: Session, held: Held): Promise<readonly InLine[]> {
  const wanted: InLine[] = [];
  for (const [area, device, files] of missing(session, held)) {
    const of = ofOwnCase(session, area);
    if (of === null && guestPlaceAt(session, area) === null) continue;
    await carry(session, area, device, files);
    if (of === null) continue; // a guest's, which come down like all of theirs (`guests/moving.ts`)
    for (const { fact } of files) {
      const { content } = fact.file;
      if (!isWanted(held, content.version, of)) continue;
      const due = { first: held.fetching.has(content.version), urgency: 0, case: of, size: content.size, at: fact.at };
      wanted.push({ wanted: { content, area, paused: false }, due });
    }
  }
  return wanted;
}

/** Files of our own organisation's that were added on a computer which was shut out lately, and are not here. */
function missing({ facts, directories, identity, platform }: Session, { here }: Held): [AreaId, DeviceId, Added[]][] {
  const own = directories.current(identity.org);
  if (own === null || own.ended.size === 0) return [];
  const groups = new Map<string, [AreaId, DeviceId, Added[]]>();
  for (const added of [...facts.of('added'), ...facts.of('guest brought')]) {
    const { area, device, org, fact } = added;
    const ended = org === identity.org && !own.devices.has(device) ? own.ended.get(device) : undefined;
    if (ended === undefined || platform.now() - ended > LATELY || here.has(fact.file.content.version)) continue;
    const group = groups.get(`${area} ${device}`) ?? [area, device, []];
    groups.set(`${area} ${device}`, group);
    group[2].push(added);
  }
  return [...groups.values()];
}

/** Makes what the relay has of them by now reachable in the area. */
async function carry(session: Session, area: AreaId, device: DeviceId, files: readonly Added[]): Promise<void> {
  const { link, platform, directories, identity } = session;
  const [first] = files;
  const last = askedAt.get(session) ?? new Map<string, Millis>();
  askedAt.set(session, last);
  const now = platform.now();
  const ended = directories.current(identity.org)?.ended.get(device) ?? 0;
  const pause = Math.abs(now - ended) < JUST_NOW ? SOON : MINUTE;
  const name = `${area} ${device} ${files.length}`;
  if (!first || !link.open || Math.abs(now - (last.get(name) ?? -Infinity)) < pause) return;
  last.set(name, now);
  const chunks: Hash[] = files.flatMap(({ fact }) => fact.file.content.chunks.map(({ hash }) => hash));
  const from = device as string as AreaId; // the lane goes by its device's id
  for (let i = 0; i < chunks.length; i += AT_ONCE)
    await link.ask<'done'>({ t: 'refer', area, tag: first.hash, chunks: chunks.slice(i, i + AT_ONCE), from });
}

const ofOwnCase = (session: Session, area: AreaId): CaseId | null =>
  session.log.replica(area).access?.kind === 'working papers' ? caseOfArea(session, area) : null;
