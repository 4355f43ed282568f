/**
 * Late work as a lead sees it, text by text, and taking it over. What a computer that was shut out had written is tried by the
 * sieve on a copy of the text; what differs then goes into the text by value, as the lead's own edit. Nothing of its Yjs state
 * enters the document, so that nothing but what the lead saw comes along.
 */
import * as Y from 'yjs';
import type { LateRow } from '../../../shared/ipc/late.ts';
import type { ActCause } from '../../../shared/ipc/worker.ts';
import type { AreaId, DeviceId, StreamId } from '../../../shared/primitives/ids.ts';
import type { Result } from '../../../shared/primitives/result.ts';
import { fail, ok } from '../../../shared/primitives/result.ts';
import { SUMMARY_FIELD, readRecord, recordRoot, summaryText } from '../../../shared/model/record.ts';
import { recordLines } from '../../../shared/model/recordLines.ts';
import { readFields, setField } from '../../../shared/model/register.ts';
import { replaceSummary } from '../../../shared/model/summary.ts';
import { streamOf } from '../../../shared/seal/area/places.ts';
import { authorOf } from '../cases/author.ts';
import { changeText } from '../cases/release/bringing.ts';
import { areasOf, caseOfArea } from '../cases/caseIndex.ts';
import type { Desktop } from '../desktop.ts';
import { readEdit } from '../docs/document.ts';
import type { Opened } from '../log/opener.ts';
import type { Session } from '../session.ts';

interface Bundle {
  readonly id: string;
  readonly area: AreaId;
  readonly stream: StreamId;
  readonly device: DeviceId;
  readonly what: LateRow['what'];
  readonly entries: readonly Opened[];
}

/** What waits, one bundle for each text of each computer; what is no text, one for each area. */
async function bundles({ session, late }: Desktop): Promise<readonly Bundle[]> {
  const all = new Map<string, { -readonly [Name in keyof Bundle]: Bundle[Name] }>();
  for (const opened of late.all()) {
    const { area, header } = opened;
    const what = await textOf(session, opened);
    const id = `${header.device} ${area} ${what === 'other' ? what : header.stream}`;
    const known = all.get(id) ?? { id, area, stream: header.stream, device: header.device, what, entries: [] };
    all.set(id, { ...known, entries: [...known.entries, opened] });
  }
  return [...all.values()];
}

async function textOf({ platform }: Session, { area, header }: Opened): Promise<LateRow['what']> {
  if (header.kind !== 'edit') return 'other';
  for (const name of ['summary', 'record'] as const)
    if ((await streamOf(platform, area, name)) === header.stream) return name;
  return 'other';
}

/** The text as it would be with what was not sent: a copy, tried by the sieve edit by edit. */
async function withLate(session: Session, { area, stream, entries }: Bundle): Promise<Y.Doc> {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, Y.encodeStateAsUpdate(session.docs.doc(area, stream)));
  const edits = entries.flatMap(({ hash, plain }) => {
    const edit = readEdit(plain);
    return edit === null ? [] : [{ hash, update: edit.update }];
  });
  await session.sieve.through(`late ${area} ${stream}`, doc, edits, (bad) => {
    for (const { hash, update } of edits) if (!bad.has(hash)) Y.applyUpdate(doc, update);
    return bad.size === 0;
  });
  return doc;
}

const EVERYBODY = { items: { has: () => true } as unknown as ReadonlySet<string>, team: true };

function linesOf(what: LateRow['what'], doc: Y.Doc): readonly string[] {
  if (what === 'summary') return summaryText(doc).split('\n');
  return recordLines(readRecord(doc), EVERYBODY).map(({ label, value }) => `${label}: ${value}`);
}

/** Every bundle as a row; those of cases that are not known here wait. */
export async function lateRows(desktop: Desktop): Promise<readonly LateRow[]> {
  const { session } = desktop;
  const state = session.directories.current(session.identity.org);
  const rows = await Promise.all(
    (await bundles(desktop)).map(async (bundle): Promise<LateRow[]> => {
      const inCase = caseOfArea(session, bundle.area);
      const device = state?.known.get(bundle.device);
      if (inCase === null || !device) return [];
      const place = areasOf(session, inCase).find(({ area }) => area === bundle.area);
      const isText = bundle.what !== 'other';
      const [now, then] = isText
        ? [session.docs.doc(bundle.area, bundle.stream), await withLate(session, bundle)]
        : [new Y.Doc(), new Y.Doc()];
      const [before, after] = [linesOf(bundle.what, now), linesOf(bundle.what, then)];
      return [
        {
          id: bundle.id,
          case: inCase,
          caseTitle: await titleOf(session, bundle.area),
          place: place?.kind === 'case file' ? 'Case file' : 'Working papers',
          person: state?.people.get(device.person)?.name ?? '',
          computer: device.name,
          at: Math.max(...bundle.entries.map(({ header }) => header.time)),
          what: bundle.what,
          before: before.filter((line) => !after.includes(line)),
          after: after.filter((line) => !before.includes(line)),
          entries: bundle.entries.length,
        },
      ];
    }),
  );
  return rows.flat();
}

async function titleOf(session: Session, area: AreaId): Promise<string> {
  const stream = await streamOf(session.platform, area, 'record');
  const [claim] = readFields(recordRoot(session.docs.doc(area, stream))).get('title') ?? [];
  return claim?.value ?? 'A case without a title';
}

/** Takes a bundle over, or lets it go (`keep` false): either way it waits for nobody any more. */
export async function decideLate(desktop: Desktop, id: string, keep: boolean): Promise<Result<null, ActCause>> {
  const { session, late } = desktop;
  const bundle = (await bundles(desktop)).find((one) => one.id === id);
  if (!bundle) return fail('not found');
  if (!session.link.open) return fail('offline');
  if (keep && bundle.what !== 'other') {
    const then = await withLate(session, bundle);
    const name = bundle.what;
    const pieces = await changeText(session, bundle.area, name, (doc) => {
      if (name === 'summary') replaceSummary(then.getXmlFragment(SUMMARY_FIELD), doc.getXmlFragment(SUMMARY_FIELD));
      else takeFields(session, then, doc);
    });
    if (!(await session.log.writer.write(pieces)).ok) return fail('disk error');
  }
  const hashes = bundle.entries.map(({ hash }) => hash);
  return (await late.end(bundle.area, hashes)) ? ok(null) : fail('offline');
}

/** Fields in which the other text says something else get its newest value, in place of what stands here. */
function takeFields(session: Session, from: Y.Doc, to: Y.Doc): void {
  const [root, author] = [recordRoot(to), authorOf(session)];
  const here = readFields(root);
  for (const [field, claims] of readFields(recordRoot(from))) {
    const known = new Set((here.get(field) ?? []).map(({ key }) => key));
    const newest = claims.findLast(({ key }) => !known.has(key));
    if (newest) setField(root, field, newest.value, author);
  }
}
