/**
 * The disposals of our own organisation that this computer knows of, from their records. One counts where the record is an
 * area of our own, and two of our people signed its order, as the directory proves. Nothing is destroyed here.
 */
import type { AreaId, Hash } from '../../../shared/primitives/ids.ts';
import type { DisposalState } from '../../../shared/model/disposal.ts';
import { foldDisposal } from '../../../shared/model/disposal.ts';
import { verifyOrder } from '../../../shared/seal/area/disposal.ts';
import type { Session } from '../session.ts';

/** By the entry that recorded it, in one directory: signatures do not change. */
const verified = new WeakMap<Session, Map<string, boolean>>();

export async function knownDisposals(session: Session): Promise<readonly DisposalState[]> {
  const { facts, identity, log } = session;
  const areas = new Set<AreaId>(facts.of('disposal recorded').map(({ area }) => area));
  const found: DisposalState[] = [];
  for (const area of areas) {
    if (!isRecord(log.replica(area).access, identity.org)) continue;
    const state = foldDisposal(identity.org, facts.inArea(area));
    if (state && (await isSigned(session, state))) found.push(state);
  }
  return found.sort((a, b) => b.recorded.time - a.recorded.time);
}

function isRecord(access: ReturnType<Session['log']['replica']>['access'], own: string): boolean {
  return (
    access?.kind === 'disposal record' &&
    access.owner === own &&
    [...access.seats.values()].every(({ org }) => org === own)
  );
}

async function isSigned(session: Session, { recorded }: DisposalState): Promise<boolean> {
  const directory = session.directories.current(session.identity.org);
  if (!directory) return false;
  const checks = verified.get(session) ?? new Map<string, boolean>();
  verified.set(session, checks);
  const key = `${recorded.hash} ${directory.head ?? ('' as Hash)}`;
  const known = checks.get(key);
  if (known !== undefined) return known;
  const order = await verifyOrder(session.platform, recorded.fact.order, directory);
  checks.set(key, order.ok);
  return order.ok;
}
