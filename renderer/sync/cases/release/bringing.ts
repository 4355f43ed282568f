/**
 * The rows and fields that a later release brings into the Case file: frozen in Working papers with the release, written
 * into the Case file once, after every file of it that was not left out has been delivered, by whatever computer of the
 * post is on line. The edit and the event that says so are one write to one area: who knows the one has the other.
 */
import * as Y from 'yjs';
import type { AreaId, PackageId } from '../../../../shared/primitives/ids.ts';
import { KiB } from '../../../../shared/primitives/units.ts';
import type { Base, Brought, Order } from '../../../../shared/model/bring.ts';
import { bring, withoutFiles } from '../../../../shared/model/bring.ts';
import type { CaseEvent, PackageContent, Party } from '../../../../shared/model/events.ts';
import { encodeFact } from '../../../../shared/model/events.ts';
import type { PackageState } from '../../../../shared/model/foldPackage.ts';
import type { FactOf } from '../../../../shared/model/logged.ts';
import { inOneOrder, isFact } from '../../../../shared/model/logged.ts';
import { hasArrived, missing } from '../../../../shared/model/packageStatus.ts';
import { streamOf } from '../../../../shared/seal/area/places.ts';
import { splitEdit } from '../../../../shared/seal/entry/splitEdit.ts';
import type { Piece } from '../../log/writer.ts';
import type { Session } from '../../session.ts';
import { authorOf } from '../author.ts';
import type { CaseFile } from '../caseIndex.ts';
import { packageOf, packagesOf } from '../caseIndex.ts';
import { eventPiece } from '../pieces.ts';
import type { TakenText } from './publishText.ts';

/** Of one event at most; an entry takes four times as much. */
const PART = 200 * KiB;
const MOST = 2000;

const sizeOf = ({ path, values }: Brought): number =>
  values.reduce((sum, { key, value }) => sum + key.length + 4 * value.length, path.length + 40);

function inParts(brought: readonly Brought[]): readonly (readonly Brought[])[] {
  const parts: Brought[][] = [[]];
  let size = 0;
  for (const one of brought) {
    size += sizeOf(one);
    if (size > PART || (parts.at(-1)?.length ?? 0) >= MOST) {
      parts.push([]);
      size = sizeOf(one);
    }
    parts.at(-1)?.push(one);
  }
  return parts;
}

/** Events that freeze what a release brings, for the write that releases. `made`: it made the Case file, with all of it in there already. */
export function freezePieces(
  session: Session,
  working: AreaId,
  { package: id, at }: PackageContent,
  { brought, seen }: Pick<TakenText, 'brought' | 'seen'>,
  by: Party,
  made: boolean,
): Promise<Piece[]> {
  const parts = inParts(made ? [] : brought);
  return Promise.all(
    parts.map((some, part) => {
      const event: CaseEvent = {
        is: 'rows frozen',
        package: id,
        part,
        parts: parts.length,
        seen: part === 0 ? seen : new Uint8Array(0),
        brought: some.map(({ path, values }) => ({ path, values: [...values] })),
        by,
        at,
      };
      return eventPiece(session, working, event);
    }),
  );
}

/** What a release froze, when all parts are here; null: it froze nothing, or they are not. Only its own computer's word counts. */
export function frozenOf(session: Session, working: AreaId, pkg: PackageState): Frozen | null {
  const parts = new Map<number, FactOf<'rows frozen'>>();
  for (const logged of inOneOrder(session.facts.inArea(working)))
    if (isFact(logged, 'rows frozen') && logged.fact.package === pkg.package && logged.device === pkg.device)
      if (!parts.has(logged.fact.part)) parts.set(logged.fact.part, logged.fact);
  const first = parts.get(0);
  if (!first || parts.size !== first.parts) return null;
  const all = Array.from({ length: first.parts }, (_, i) => parts.get(i)?.brought ?? []);
  return { seen: first.seen, brought: all.flat() };
}
export interface Frozen {
  readonly seen: Uint8Array;
  readonly brought: readonly Brought[];
}

const isEntered = (session: Session, area: AreaId, id: PackageId): boolean =>
  session.facts.inArea(area).some((logged) => isFact(logged, 'rows entered') && logged.fact.package === id);

const before = (a: PackageState, b: PackageState): boolean =>
  a.content.at === b.content.at ? a.package < b.package : a.content.at < b.content.at;

/** Which of our packages to the same organisation came before and after one; all are before where it is not released yet. */
export function orderOf(
  session: Session,
  { case: inCase, to }: Pick<PackageContent, 'case' | 'to'>,
  of: PackageState | null,
): Order {
  const same = packagesOf(session, inCase).filter((pkg) => pkg.side === 'sender' && pkg.content.to.org === to.org);
  const isLater = (pkg: PackageState): boolean => of !== null && pkg.package !== of.package && before(of, pkg);
  return {
    earlier: new Set(same.filter((pkg) => !isLater(pkg)).map((pkg) => pkg.package)),
    later: new Set(same.filter(isLater).map((pkg) => pkg.package)),
  };
}

/** What came into a Case file by releases; null where an older version made it, and nobody can tell. */
export function baseOf(session: Session, working: AreaId, { area, made }: CaseFile, { earlier }: Order): Base | null {
  const by = made?.release === undefined ? null : packageOf(session, made.release);
  const first = by && frozenOf(session, working, by);
  if (!first) return null;
  const seen = new Map<number, number>();
  const came = [...earlier].flatMap((id) => {
    const pkg = isEntered(session, area, id as PackageId) ? packageOf(session, id as PackageId) : null;
    return (pkg && frozenOf(session, working, pkg)) ?? [];
  });
  for (const frozen of [first, ...came])
    for (const [client, clock] of Y.decodeStateVector(frozen.seen))
      seen.set(client, Math.max(clock, seen.get(client) ?? 0));
  return { seen, packages: earlier };
}

/** What a package has still to bring into a Case file; null: nothing, or not yet. */
export function dueRows(session: Session, working: AreaId, { area, made }: CaseFile, pkg: PackageState): Frozen | null {
  if (made?.release === pkg.package || !hasArrived(pkg) || missing(pkg).length > 0) return null;
  return isEntered(session, area, pkg.package) ? null : frozenOf(session, working, pkg);
}

/** Its edit, by value and as this computer's own, and the event that says that it is there. */
export async function bringPieces(
  session: Session,
  area: AreaId,
  pkg: PackageState,
  { brought }: Frozen,
  by: Party,
): Promise<Piece[]> {
  const dropped = new Set(pkg.files.filter((f) => f.dropped !== null).map((f) => f.file.item));
  const due = withoutFiles(brought, dropped);
  const order = orderOf(session, pkg.content, pkg);
  const author = authorOf(session);
  const edits = await changeRecord(session, area, (doc) => bring(doc, due, order, author));
  const at = session.platform.now();
  return [...edits, await eventPiece(session, area, { is: 'rows entered', package: pkg.package, by, at })];
}

/** A change of a place's record made here and not in a window, as edits of a client of its own. */
export const changeRecord = (session: Session, area: AreaId, change: (doc: Y.Doc) => void): Promise<Piece[]> =>
  changeText(session, area, 'record', change);

/** The same of either of its texts. */
export async function changeText(
  session: Session,
  area: AreaId,
  name: 'record' | 'summary',
  change: (doc: Y.Doc) => void,
): Promise<Piece[]> {
  const stream = await streamOf(session.platform, area, name);
  await session.docs.flush(); // what is typed and replaced by it is written before it
  const doc = new Y.Doc();
  Y.applyUpdate(doc, Y.encodeStateAsUpdate(session.docs.doc(area, stream)));
  const updates: Uint8Array[] = [];
  doc.on('update', (update: Uint8Array) => updates.push(update));
  doc.transact(() => change(doc));
  return updates
    .flatMap((update) => splitEdit({ client: doc.clientID, update }))
    .map((edit): Piece => ({ area, stream, kind: 'edit', plain: encodeFact(edit), seal: 'stream' }));
}
