/**
 * What is done with sensitive material: beginning its area, and moving items to it and back. Each
 * is one write. Only who keeps it may (shared/model/disclosure/sensitive.ts), and what others would refuse is not written.
 */
import type { AreaId, CaseId, ItemId } from '../../../../shared/primitives/ids.ts';
import { isId } from '../../../../shared/primitives/ids.ts';
import { toHex } from '../../../../shared/primitives/bytes.ts';
import type { Result } from '../../../../shared/primitives/result.ts';
import { fail } from '../../../../shared/primitives/result.ts';
import type { SensitiveAct, Settled } from '../../../../shared/ipc/sensitive.ts';
import type { ActCause } from '../../../../shared/ipc/worker.ts';
import type { CaseEvent, Party } from '../../../../shared/model/events.ts';
import { mayKeep } from '../../../../shared/model/disclosure/sensitive.ts';
import { clearItem } from '../../../../shared/model/list.ts';
import { writeRows } from '../../../../shared/model/publish.ts';
import type { RecordItem } from '../../../../shared/model/record.ts';
import { readRecord, recordRoot } from '../../../../shared/model/record.ts';
import { setField } from '../../../../shared/model/register.ts';
import { roleIn } from '../../../../shared/seal/area/admit.ts';
import { streamOf } from '../../../../shared/seal/area/places.ts';
import type { ChainPiece, Piece } from '../../log/writer.ts';
import type { Session } from '../../session.ts';
import { authorOf } from '../author.ts';
import { changeRecord } from '../release/bringing.ts';
import type { CaseArea } from '../caseIndex.ts';
import { areaOf } from '../caseIndex.ts';
import { inTurn } from '../inTurn.ts';
import { makeArea } from '../makeArea.ts';
import { meAmong } from '../me.ts';
import { act, eventPiece } from '../pieces.ts';
import { isClosed } from '../work/folded.ts';
import { ownSensitive, sensitiveOf } from './areas.ts';
import { keeper } from './keeper.ts';
import { letIn, takeOut } from './readers.ts';
import { share } from './sharing.ts';

type Done = Promise<Result<null, ActCause>>;

export const doSensitive = (session: Session, of: CaseId, what: SensitiveAct): Done =>
  inTurn(session, () => {
    if (isClosed(session, of)) return Promise.resolve(fail('case closed'));
    switch (what.is) {
      case 'begin':
        return begin(session, of);
      case 'settle':
        return settle(session, of, what.area, what.settled);
      case 'let in':
        return letIn(session, of, what.area, what.seat);
      case 'take out':
        return takeOut(session, of, what.area, what.seat, what.why);
      case 'move':
        return move(session, of, what.rows, what.to);
      case 'share':
        return share(session, of, what.seats);
    }
  });

interface Made {
  readonly area: AreaId;
  readonly pieces: readonly (Piece | ChainPiece)[];
}

/** A fresh area, for this post and those who read Working papers already and keep such material too. */
async function makeOwn(session: Session, of: CaseId, { area: working }: CaseArea, by: Party): Promise<Made> {
  const { log, directories, identity } = session;
  const roles = directories.current(identity.org)?.roles;
  const others = [...(log.replica(working).access?.seats.values() ?? [])].filter(
    ({ seat, org }) => org === identity.org && seat !== by.seat && mayKeep(roles?.get(seat) ?? []),
  );
  const seats = [by, ...others].map(({ seat }) => ({ seat, org: identity.org, role: 'lead' as const }));
  const { area, piece } = await makeArea(session, { kind: 'sensitive', owner: identity.org, seats, from: working });
  const at = session.platform.now();
  const begun: CaseEvent = { is: 'sensitive begun', case: of, area, source: working, with: null, by, at };
  return {
    area,
    pieces: [piece, await eventPiece(session, area, begun), await eventPiece(session, working, begun)],
  };
}

async function begin(session: Session, of: CaseId): Done {
  const working = areaOf(session, of, 'working papers');
  const by = keeper(session);
  if (!working) return fail('not found');
  if (!by) return fail('not allowed');
  if (ownSensitive(session, of)) return fail('already done');
  return act(session, (await makeOwn(session, of, working, by)).pieces);
}

/** Which of two values was kept: a fact of the area itself, for it holds both. */
async function settle(session: Session, of: CaseId, area: AreaId, settled: Settled): Done {
  const place = sensitiveOf(session, of).find((one) => one.area === area);
  const by = meAmong(session, session.log.replica(area).access?.seats.keys() ?? []);
  if (!place) return fail('not found');
  if (!by || !mayWrite(session, area)) return fail('not allowed');
  const fact: CaseEvent = { is: 'conflict settled', ...settled, by, at: session.platform.now() };
  return act(session, [await eventPiece(session, area, fact)]);
}

/** Where an item of material stands, of the ordinary places: what both organisations see counts. */
async function itemsIn(session: Session, area: AreaId): Promise<ReadonlyMap<string, RecordItem>> {
  const doc = session.docs.doc(area, await streamOf(session.platform, area, 'record'));
  return new Map(readRecord(doc).lists.material.map((item) => [item.id, item]));
}

/**
 * By value, under a fresh id; what stood on the other list is cleared from it, in the Case file and in what is shared too.
 * What was read there before stays read: nothing here claims otherwise.
 */
async function move(session: Session, of: CaseId, rows: readonly string[], to: 'sensitive' | 'non-sensitive'): Done {
  const working = areaOf(session, of, 'working papers');
  const by = keeper(session);
  if (!working) return fail('not found');
  if (!by) return fail('not allowed');
  const known = ownSensitive(session, of);
  if (to === 'non-sensitive' && !known) return fail('not found');
  const made = known ? null : await makeOwn(session, of, working, by);
  const apart = known?.area ?? made?.area ?? working.area;
  const shared = areaOf(session, of, 'case file');
  const from =
    to === 'sensitive' ? [working.area, ...(shared ? [shared.area] : [])] : [apart, ...sharedAreas(session, of)];
  const target = to === 'sensitive' ? apart : working.area;
  const found = new Map<string, RecordItem>();
  for (const area of from)
    for (const [id, item] of await itemsIn(session, area))
      if (rows.includes(id) && (to === 'sensitive' || area === apart)) found.set(id, item);
  if (found.size !== rows.length) return fail('not found');
  const author = authorOf(session);
  const moved = [...found.values()].map((item) => ({ item, as: toHex(session.platform.random(16)) }));
  const pieces: Piece[] = await changeRecord(session, target, (doc) => {
    const root = recordRoot(doc);
    writeRows(
      root,
      'material',
      moved.map(({ item, as }) => taken(item, as, to)),
      author,
    );
    for (const { as } of moved) setField(root, `material/${as}/sensitivity`, to, author);
  });
  for (const area of from) {
    const there = await itemsIn(session, area);
    const gone = rows.filter((id) => there.has(id));
    if (gone.length === 0 || !mayWrite(session, area)) continue;
    pieces.push(
      ...(await changeRecord(session, area, (doc) => {
        for (const id of gone) clearItem(recordRoot(doc), 'material', id, author);
      })),
    );
  }
  const at = session.platform.now();
  for (const { item, as } of moved) {
    const fact: CaseEvent = { is: 'material moved', row: item.id, as, to, items: filesIn(item), by, at };
    const places = [working.area, apart, ...(shared ? [shared.area] : [])];
    pieces.push(...(await Promise.all(places.map((area) => eventPiece(session, area, fact)))));
  }
  return act(session, [...(made?.pieces ?? []), ...pieces]);
}

const sharedAreas = (session: Session, of: CaseId): readonly AreaId[] =>
  sensitiveOf(session, of).flatMap(({ area, ours, isShared }) => (ours && isShared ? [area] : []));

function mayWrite({ log, directories, identity }: Session, area: AreaId): boolean {
  const { access } = log.replica(area);
  const own = directories.current(identity.org);
  const role = access && own ? roleIn(access, own, identity.device) : null;
  return role === 'lead' || role === 'contributor';
}

const filesIn = ({ fields }: RecordItem): ItemId[] =>
  (fields.get('file')?.values ?? []).map(({ value }) => value).filter(isId) as ItemId[];

/** The row under its new id; why it was sensitive stays where that is kept. */
function taken(item: RecordItem, as: string, to: 'sensitive' | 'non-sensitive'): RecordItem {
  const left = to === 'sensitive' ? ['sensitivity'] : ['sensitivity', 'sensitiveReason'];
  const fields = [...item.fields]
    .filter(([key]) => !left.includes(key))
    .map(([key, value]) => [key, { ...value, path: `material/${as}/${key}` }] as const);
  return { ...item, id: as, fields: new Map(fields) };
}
