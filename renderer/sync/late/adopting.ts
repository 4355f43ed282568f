/**
 * Adopting late work, or declining it: a lead's act. Texts go in by value, as the lead's own edit; acts and files as their
 * author signed them, inside an entry of the lead's; a case that nobody else has into a fresh one. Who adopted or declined
 * what, whose it was and why stands on record in the case. Nothing of the other computer's Yjs state enters a document, so
 * that nothing but what the lead saw comes along.
 */
import * as Y from 'yjs';
import type { ActCause } from '../../../shared/ipc/worker.ts';
import type { AreaId, CaseId } from '../../../shared/primitives/ids.ts';
import type { Result } from '../../../shared/primitives/result.ts';
import { fail, ok } from '../../../shared/primitives/result.ts';
import type { FactOf } from '../../../shared/model/logged.ts';
import type { CaseEvent, Party } from '../../../shared/model/events.ts';
import { encodeFact } from '../../../shared/model/events.ts';
import { recordRoot } from '../../../shared/model/record.ts';
import type { Author } from '../../../shared/model/register.ts';
import { readFields, setField } from '../../../shared/model/register.ts';
import { SUMMARY_FIELD, copySummary, replaceSummary } from '../../../shared/model/summary.ts';
import { streamOf } from '../../../shared/seal/area/places.ts';
import { CUSTODY } from '../../../shared/seal/custody.ts';
import { authorOf } from '../cases/author.ts';
import { areasOf } from '../cases/caseIndex.ts';
import { makePapers } from '../cases/makeArea.ts';
import { meAs } from '../cases/me.ts';
import { act, eventPiece, intakePiece } from '../cases/pieces.ts';
import { changeText } from '../cases/release/bringing.ts';
import { firstEdit } from '../cases/release/publishText.ts';
import type { Desktop } from '../desktop.ts';
import { saltedContent } from '../log/disclosing.ts';
import type { Opened } from '../log/opener.ts';
import type { ChainPiece, Piece } from '../log/writer.ts';
import type { Session } from '../session.ts';
import type { Bundle } from './bundles.ts';
import { authorOfBundle, bundles, caseOfBundle, factOf, isAdoptable, saidIn, withLate } from './bundles.ts';
import { titleIn } from './rows.ts';

/** Adopts a bundle, or declines it with a reason: either way it waits for nobody any more. */
export async function decideLate(
  desktop: Desktop,
  id: string,
  keep: boolean,
  why: string,
): Promise<Result<null, ActCause>> {
  const { session, late } = desktop;
  const bundle = (await bundles(desktop)).find((one) => one.id === id);
  const me = meAs(session);
  if (!bundle) return fail('not found');
  if (!me) return fail('not allowed');
  if (!session.link.open) return fail('offline');
  if (keep ? bundle.what === 'other' : why.trim() === '') return fail('malformed');
  const pieces = await piecesOf(desktop, bundle, keep, why.trim(), me);
  if (pieces.length > 0) {
    const done = await act(session, pieces);
    if (!done.ok) return done;
  }
  const hashes = [...bundle.entries.map(({ hash }) => hash), ...late.creationOf(bundle.area)];
  return (await late.end(bundle.area, hashes)) ? ok(null) : fail('offline');
}

async function piecesOf(
  desktop: Desktop,
  bundle: Bundle,
  keep: boolean,
  why: string,
  me: Party,
): Promise<readonly (Piece | ChainPiece)[]> {
  const { session } = desktop;
  const record = await decidedOf(desktop, bundle, keep, why, me);
  // Of a case that nobody has there is no place but the in-tray of who declined it: their colleagues read it there, and auditors.
  if (bundle.what === 'case')
    return keep
      ? wholeCase(desktop, bundle, me, record)
      : [await intakePiece(session, me, 'event', encodeFact(record))];
  const of = caseOfBundle(desktop, bundle);
  // On record with our own organisation, whatever place it was written for.
  const working = of === null ? undefined : areasOf(session, of).find(({ kind }) => kind === 'working papers');
  const told = await eventPiece(session, working?.area ?? bundle.area, record);
  if (!keep) return [told];
  return [...(await textOrActs(desktop, bundle, me)), told];
}

async function textOrActs(desktop: Desktop, bundle: Bundle, me: Party): Promise<readonly Piece[]> {
  const { session } = desktop;
  if (bundle.what !== 'summary' && bundle.what !== 'record')
    return adoptedPieces(session, bundle.area, bundle.entries, me);
  const then = await withLate(desktop, bundle, bundle.stream);
  const author = lateAuthor(desktop, bundle);
  return changeText(session, bundle.area, bundle.what, (doc) => {
    if (bundle.what === 'summary')
      replaceSummary(then.getXmlFragment(SUMMARY_FIELD), doc.getXmlFragment(SUMMARY_FIELD));
    else takeFields(then, doc, author);
  });
}

/** Entries as they were signed, each in one of ours; its custody line goes along as its author committed to it. */
async function adoptedPieces(
  session: Session,
  area: AreaId,
  entries: readonly Opened[],
  by: Party,
): Promise<readonly Piece[]> {
  const stream = await streamOf(session.platform, area, 'events');
  const pieces: Piece[] = [];
  for (const { hash, entry, header } of entries) {
    const salted = await saltedContent(session, hash, entry);
    if (salted === null) continue;
    const at = session.platform.now();
    const fact: CaseEvent = { is: 'adopted', header: entry.header, signature: entry.signature, salted, by, at };
    const custody = header.more[CUSTODY];
    const more = custody === undefined ? {} : { [CUSTODY]: custody };
    pieces.push({ area, stream, kind: 'event', plain: encodeFact(fact), more, seal: 'stream' });
  }
  return pieces;
}

/** A case that was made off line and never came to the relay: a fresh place for it, led by who adopts it. */
async function wholeCase(
  desktop: Desktop,
  bundle: Bundle,
  me: Party,
  record: CaseEvent,
): Promise<readonly (Piece | ChainPiece)[]> {
  const { session } = desktop;
  const begun = bundle.entries.map(factOf).find((fact) => fact?.is === 'case');
  if (begun?.is !== 'case') return [];
  const made = await makePapers(session, me, bundle.area);
  const texts = await Promise.all(
    (['record', 'summary'] as const).map(async (name) => {
      const then = await withLate(desktop, bundle, await streamOf(session.platform, bundle.area, name));
      const fresh = new Y.Doc();
      if (name === 'summary') copySummary(then.getXmlFragment(SUMMARY_FIELD), fresh.getXmlFragment(SUMMARY_FIELD));
      else takeFields(then, fresh, lateAuthor(desktop, bundle));
      return firstEdit(session, made.area, name, fresh);
    }),
  );
  return [
    made.piece,
    await eventPiece(session, made.area, { is: 'case', case: begun.case, kind: begun.kind, source: null, by: me }),
    ...texts.flat(),
    ...(await adoptedPieces(session, made.area, bundle.entries.filter(isAdoptable), me)),
    await eventPiece(session, made.area, record),
  ];
}

async function decidedOf(
  desktop: Desktop,
  bundle: Bundle,
  keep: boolean,
  why: string,
  by: Party,
): Promise<FactOf<'late decided'>> {
  const author = authorOfBundle(desktop, bundle);
  const of = caseOfBundle(desktop, bundle);
  const what = await inWords(desktop, bundle, of);
  return {
    is: 'late decided',
    outcome: keep ? 'adopted' : 'declined',
    what: what.slice(0, 1000),
    author: {
      person: author?.person ?? by.person,
      personName: author?.personName ?? '',
      computer: author?.computer ?? '',
    },
    written: Math.max(...bundle.entries.map(({ header }) => header.time)),
    ended: author?.ended ?? null,
    entries: bundle.entries.map(({ hash }) => hash).slice(0, 5000),
    why: keep ? '' : why,
    by,
    at: desktop.session.platform.now(),
  };
}

async function inWords(desktop: Desktop, bundle: Bundle, of: CaseId | null): Promise<string> {
  const { session } = desktop;
  if (bundle.what === 'summary') return 'the summary';
  if (bundle.what === 'record') return 'the case record';
  const said = of === null ? [] : bundle.entries.flatMap((one) => sayIn(session, of, one));
  if (bundle.what !== 'case') return said.length === 0 ? 'an act' : said.join('; ');
  const record = await withLate(desktop, bundle, await streamOf(session.platform, bundle.area, 'record'));
  return [`the case \u201c${titleIn(record)}\u201d that nobody else had`, ...said].join('; ');
}

/** What is written without anybody's act says nothing. */
function sayIn(session: Session, of: CaseId, opened: Opened): string[] {
  const fact = factOf(opened);
  return opened.header.kind !== 'event' || fact?.is === 'case' || fact?.is === 'read'
    ? []
    : [saidIn(session, of, opened)];
}

/** Values that are adopted keep the name of who wrote them, and when. */
function lateAuthor(desktop: Desktop, bundle: Bundle): Author {
  const name = authorOfBundle(desktop, bundle)?.personName ?? '';
  const at = Math.max(...bundle.entries.map(({ header }) => header.time));
  return { ...authorOf(desktop.session), by: `${name} (late work)`, at };
}

/** Fields in which the other text says something else get its newest value, in place of what stands here. */
function takeFields(from: Y.Doc, to: Y.Doc, author: Author): void {
  const root = recordRoot(to);
  const here = readFields(root);
  for (const [field, claims] of readFields(recordRoot(from))) {
    const known = new Set((here.get(field) ?? []).map(({ key }) => key));
    const newest = claims.findLast(({ key }) => !known.has(key));
    if (newest) setField(root, field, newest.value, author);
  }
}
