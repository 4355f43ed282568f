/**
 * Late work as what a person judges: each text, each act and each file of a computer by itself; a case that was made there and
 * that nobody else has, as a whole. Found again from what the relay gives; nothing is kept of it.
 */
import * as Y from 'yjs';
import type { LateRow } from '../../../shared/ipc/late.ts';
import type { AreaId, CaseId, DeviceId, StreamId } from '../../../shared/primitives/ids.ts';
import type { Millis } from '../../../shared/primitives/units.ts';
import { shownName } from '../../../shared/primitives/fileName.ts';
import type { CaseEvent } from '../../../shared/model/events.ts';
import { decodeFact, event } from '../../../shared/model/events.ts';
import { isOfWork } from '../../../shared/model/facts/event.ts';
import { ADOPTABLE } from '../../../shared/model/facts/late.ts';
import { whyNotAdopted } from '../../../shared/model/notAdopted.ts';
import { sentenceOf } from '../../../shared/model/work/sentences.ts';
import { streamOf } from '../../../shared/seal/area/places.ts';
import { caseOfArea } from '../cases/caseIndex.ts';
import type { Desktop } from '../desktop.ts';
import { guestPlaceAt } from '../guests/places.ts';
import { readEdit } from '../docs/document.ts';
import type { Opened } from '../log/opener.ts';
import type { Session } from '../session.ts';
import { namesIn } from '../views/workLines.ts';

export interface Bundle {
  readonly id: string;
  readonly area: AreaId;
  readonly stream: StreamId;
  readonly device: DeviceId;
  readonly what: LateRow['what'];
  readonly entries: readonly Opened[];
}

export const factOf = ({ header, plain }: Opened): CaseEvent | null =>
  header.kind === 'event' ? decodeFact(event, plain) : null;

export const isAdoptable = (opened: Opened): boolean => ADOPTABLE.has(factOf(opened)?.is ?? '');

/** What waits. */
export async function bundles({ session, late }: Desktop): Promise<readonly Bundle[]> {
  const all = new Map<string, { -readonly [Name in keyof Bundle]: Bundle[Name] }>();
  for (const opened of late.all()) {
    const { area, header, hash } = opened;
    if (isSilent(opened) && !late.isUnknown(area)) continue;
    const what = late.isUnknown(area) ? 'case' : await whatOf(session, opened);
    const part = what === 'case' ? what : isText(what) ? header.stream : what === 'other' ? what : hash;
    const id = `${header.device} ${area} ${part}`;
    const known = all.get(id) ?? { id, area, stream: header.stream, device: header.device, what, entries: [] };
    all.set(id, { ...known, entries: [...known.entries, opened] });
  }
  return [...all.values()];
}

const isText = (what: LateRow['what']): boolean => what === 'summary' || what === 'record';

/** What computers write by themselves, and nobody judges. */
function isSilent(opened: Opened): boolean {
  const fact = factOf(opened);
  return opened.header.kind === 'receipt' || fact?.is === 'read' || fact?.is === 'case';
}

async function whatOf({ platform }: Session, opened: Opened): Promise<LateRow['what']> {
  const { area, header } = opened;
  if (header.kind !== 'edit') {
    const is = factOf(opened)?.is;
    if (is === 'added' || is === 'guest brought') return 'file';
    return isAdoptable(opened) ? 'act' : 'other';
  }
  for (const name of ['summary', 'record'] as const)
    if ((await streamOf(platform, area, name)) === header.stream) return name;
  return 'other';
}

/** The case that a bundle is of; null where it is not known here, and waits. */
export function caseOfBundle({ session, late }: Desktop, { area, entries }: Bundle): CaseId | null {
  if (!late.isUnknown(area)) return caseOfArea(session, area) ?? guestPlaceAt(session, area)?.case ?? null;
  const begun = entries.map(factOf).find((fact) => fact?.is === 'case');
  return begun?.is === 'case' ? begun.case : null;
}

/** A text as it would be with what was not sent: a copy, tried by the sieve edit by edit. */
export async function withLate(
  { session, late }: Desktop,
  { area, entries }: Bundle,
  stream: StreamId,
): Promise<Y.Doc> {
  const doc = new Y.Doc();
  if (!late.isUnknown(area)) Y.applyUpdate(doc, Y.encodeStateAsUpdate(session.docs.doc(area, stream)));
  const edits = entries.flatMap(({ hash, header, plain }) => {
    const edit = header.kind === 'edit' && header.stream === stream ? readEdit(plain) : null;
    return edit === null ? [] : [{ hash, update: edit.update }];
  });
  await session.sieve.through(`late ${area} ${stream}`, doc, edits, (bad) => {
    for (const { hash, update } of edits) if (!bad.has(hash)) Y.applyUpdate(doc, update);
    return bad.size === 0;
  });
  return doc;
}

/** An act or a file in a sentence. */
export function saidIn(session: Session, of: CaseId, opened: Opened): string {
  const fact = factOf(opened);
  if (fact === null) return 'Something that a newer version wrote';
  if (fact.is === 'added' || fact.is === 'guest brought')
    return `${fact.by.personName} added ${shownName(fact.file.name)}`;
  if (fact.is === 'guest said') return `${fact.by.personName} wrote to the team: ${fact.text}`;
  if (fact.is === 'derived') return `${fact.by.personName} said what a file was made from`;
  if (fact.is === 'released') return `${fact.by.personName} released a package to ${fact.content.to.orgName}`;
  const said = isOfWork(fact) ? sentenceOf(fact, namesIn(session, of)) : null;
  return said ?? `An act of the kind \u201c${fact.is}\u201d`;
}

/** Acts that are not taken over, and why. */
export const leftOf = (session: Session, of: CaseId, entries: readonly Opened[]): LateRow['left'] =>
  entries.map((opened) => ({ said: saidIn(session, of, opened), why: whyNotAdopted(factOf(opened)?.is ?? null) }));

/** Who wrote it, by the directory; and when their computer was shut out. */
export function authorOfBundle({ session }: Desktop, { device: id }: Bundle) {
  const state = session.directories.current(session.identity.org);
  const device = state?.known.get(id);
  if (!state || !device) return null;
  const ended: Millis | null = state.ended.get(id) ?? null;
  return {
    person: device.person,
    personName: state.people.get(device.person)?.name ?? '',
    computer: device.name,
    ended,
  };
}
