/**
 * The histories that this computer holds, as spans: of every directory's posts, and of an area's access chain. Read from the
 * database, decoded once for each place; what stands there was verified and judged when it came.
 */
import type { AreaId, Hash, OrgId } from '../../../shared/primitives/ids.ts';
import { grantingsOf, holdingsOf } from '../../../shared/model/access/spans.ts';
import type { ChainStep, Granting, Holding, Stated } from '../../../shared/model/access/spans.ts';
import { decodeChainOp } from '../../../shared/seal/area/chain.ts';
import { statedIn } from '../../../shared/seal/directory/directory.ts';
import { decodeEntry } from '../../../shared/seal/entry/entry.ts';
import { streamOf } from '../../../shared/seal/area/places.ts';
import { headerOf } from '../log/writer.ts';
import type { Session } from '../session.ts';

interface Histories {
  readonly stated: Map<OrgId, { n: number; stated: Stated[] }>;
  readonly chains: Map<AreaId, { head: Hash | null; n: number; steps: readonly ChainStep[] }>;
}
const histories = new WeakMap<Session, Histories>();
const ofSession = (session: Session): Histories => {
  const known = histories.get(session) ?? { stated: new Map(), chains: new Map() };
  histories.set(session, known);
  return known;
};

/** All that an organisation's directory has stated and this version can read, oldest first. */
export async function statedBy(session: Session, org: OrgId): Promise<readonly Stated[]> {
  const { stated } = ofSession(session);
  const known = stated.get(org) ?? { n: 0, stated: [] };
  stated.set(org, known);
  const n = session.directories.current(org)?.n ?? 0;
  if (n <= known.n) return known.stated;
  const from = known.n;
  known.n = n;
  const rows = await session.db.statements
    .where('[org+n]')
    .between([org, from + 1], [org, n], true, true)
    .toArray();
  for (const { body } of rows) {
    const said = statedIn(body);
    // The bytes of rule data are no history of people.
    if (said !== null && said.statement.is !== 'rules') known.stated.push(said);
  }
  return known.stated;
}

export const holdingsBy = async (session: Session, org: OrgId): Promise<readonly Holding[]> =>
  holdingsOf(org, await statedBy(session, org));

/** What was done to an area's access chain, in order; of an area that is not ordered yet, what this computer wrote. */
export async function chainOf(session: Session, area: AreaId): Promise<readonly ChainStep[]> {
  const { chains } = ofSession(session);
  const { state, access } = session.log.replica(area);
  const head = access?.head ?? null;
  const { n } = session.log.replica(area).row;
  const known = chains.get(area);
  if (known && known.head === head && (known.n > 0 || n === 0)) return known.steps;
  const stream = await streamOf(session.platform, area, 'chain');
  const steps = state.access === null ? await written(session, area, stream) : await ordered(session, area, stream);
  chains.set(area, { head, n, steps });
  return steps;
}

async function ordered({ db }: Session, area: AreaId, stream: Awaited<ReturnType<typeof streamOf>>) {
  const rows = await db.log.where('[area+stream+n]').between([area, stream, 0], [area, stream, Infinity]).toArray();
  return rows.flatMap(({ entry, verdict, time }) => (entry === null || verdict !== 'ok' ? [] : stepIn(entry, time)));
}
async function written({ db }: Session, area: AreaId, stream: Awaited<ReturnType<typeof streamOf>>) {
  const rows = await db.outbox.where('[area+stream]').equals([area, stream]).toArray();
  return rows.flatMap(({ entry }) => stepIn(entry, null));
}

function stepIn(encoded: Uint8Array, at: ChainStep['at']): ChainStep[] {
  const entry = decodeEntry(encoded);
  if (!entry.ok) return [];
  const { body, device } = headerOf(entry.value);
  const op = body ? decodeChainOp(body) : null;
  return op?.ok ? [{ at, device, op: op.value }] : [];
}

export const grantingsIn = async (session: Session, area: AreaId): Promise<readonly Granting[]> =>
  grantingsOf(area, await chainOf(session, area));
