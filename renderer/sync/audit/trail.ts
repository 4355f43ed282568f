/**
 * The audit that this computer writes: to the intakes of the posts that audit, signed, chained and sealed for them alone, off
 * line too. What left a signed fact of its own follows from the log, each once, found again after a crash; what did not
 * (looking, exporting one's own file, writing) is noted as it happens. While nobody audits, that alone is kept, with one's own post.
 */
import type { AreaId, CaseId, Hash, SeatId, VersionId } from '../../../shared/primitives/ids.ts';
import { equalBytes } from '../../../shared/primitives/bytes.ts';
import { encodeCbor } from '../../../shared/primitives/cbor.ts';
import type { Millis } from '../../../shared/primitives/units.ts';
import { HOUR } from '../../../shared/primitives/units.ts';
import type { AuditAct } from '../../../shared/model/audit/act.ts';
import { MOST_ACTS, encodeAudit } from '../../../shared/model/audit/act.ts';
import type { FactAct } from '../../../shared/model/audit/ofFact.ts';
import { auditOf } from '../../../shared/model/audit/ofFact.ts';
import type { Logged } from '../../../shared/model/logged.ts';
import { seatsOf } from '../../../shared/seal/directory/directory.ts';
import { streamOf } from '../../../shared/seal/area/places.ts';
import { caseOf } from '../access/limitsOf.ts';
import { allCases, fileOf, filedAs, packageOf, packages } from '../cases/caseIndex.ts';
import { meAs } from '../cases/me.ts';
import type { Desktop } from '../desktop.ts';
import { guestFile, guestPlaceAt, guestPlacesOf } from '../guests/places.ts';
import type { Piece } from '../log/writer.ts';
import type { Session } from '../session.ts';
import { nameOf } from '../views/cases.ts';
import { auditors } from './places.ts';

/** The same look, or writing in the same case, is one act for so long. */
const ONCE_IN: Millis = HOUR;

/** Where audit entries go now: to those who audit, else to this person's own post. */
function audience(session: Session): readonly SeatId[] {
  const posts = auditors(session);
  const own = session.directories.current(session.identity.org);
  const [mine] = own ? [...seatsOf(own, session.identity.device)].filter((seat) => own.seats.has(seat)) : [];
  return posts.length > 0 ? posts : mine === undefined ? [] : [mine];
}

async function write(session: Session, acts: readonly AuditAct[]): Promise<boolean> {
  const by = meAs(session);
  const seats = audience(session);
  if (!by || seats.length === 0 || acts.length === 0) return false;
  const { org } = session.identity;
  const plain = encodeAudit({ is: 'audit', by, acts: [...acts] });
  const pieces: Piece[] = [];
  for (const seat of seats) {
    const { area } = (await session.log.intake(org, seat)).state;
    const stream = await streamOf(session.platform, area, 'audit');
    pieces.push({ area, stream, kind: 'audit', plain, seal: { boxTo: [{ org, seat }] } });
  }
  return (await session.log.writer.write(pieces)).ok;
}

const fileAnywhere = (session: Session, version: VersionId) =>
  fileOf(session, version) ?? guestFile(session, version)?.file ?? null;

/** As this person knows it: a guest by their invitation. */
async function titleOf(desktop: Desktop, of: CaseId): Promise<string> {
  const { title } = await nameOf(desktop, of);
  return title === '' ? (guestPlacesOf(desktop.session, of)[0]?.invited.fact.title ?? '') : title;
}

const noted = new WeakMap<Session, Map<string, Millis>>();

/** Notes an act that leaves no fact: once an hour for each case or file. */
export async function noteAct(
  desktop: Desktop,
  what: 'looked at' | 'exported' | 'changed',
  of: CaseId,
  version: VersionId | null = null,
): Promise<void> {
  const { session } = desktop;
  const at = session.platform.now();
  const last = noted.get(session) ?? new Map<string, Millis>();
  noted.set(session, last);
  const key = `${what} ${of} ${version}`;
  if (what !== 'exported' && at - (last.get(key) ?? -Infinity) < ONCE_IN) return;
  last.set(key, at);
  const file = version === null ? null : fileAnywhere(session, version);
  const title = await titleOf(desktop, of);
  const thing = file === null ? 'the case' : file.name;
  const SAID = { 'looked at': 'Looked at', exported: 'Exported', changed: 'Wrote in' } as const;
  const act: AuditAct = {
    what,
    at,
    said: `${SAID[what]} ${thing}`.slice(0, 600),
    case: of,
    title: title.slice(0, 300),
    item: file?.item ?? null,
    version,
    to: null,
    entry: null,
  };
  if (!(await write(session, [act]))) last.delete(key);
}

/** The same of a file, in the case where it is filed or the package that brought it. It is not waited for: an act is not held up by its audit. */
export function noteVersion(desktop: Desktop, what: 'looked at' | 'exported', version: VersionId): void {
  const { session } = desktop;
  const of = filedAs(session, version)?.area ?? null;
  const pkg = packages(session).find(({ content }) => content.files.some((file) => file.content.version === version));
  const place = guestFile(session, version)?.place.case ?? null;
  const inCase = (of === null ? null : caseOf(session, of)) ?? pkg?.content.case ?? place;
  if (inCase !== null) void noteAct(desktop, what, inCase, version).catch(() => {}); // a full disk is told where it matters
}

/** A window shows a case from now on. */
export function noteLook(desktop: Desktop, view: string): void {
  const of = view.startsWith('case:') ? (view.slice('case:'.length) as CaseId) : null;
  if (of !== null && allCases(desktop.session).includes(of)) void noteAct(desktop, 'looked at', of).catch(() => {}); // as above
}

/** The same word of this computer elsewhere: a receipt in both intakes, an invitation with the guest and in Working papers. It is one act. */
function copiesOf({ facts, identity }: Session, fact: Logged['fact'], hash: Hash): readonly Logged[] {
  if (!('at' in fact)) return [];
  const bytes = encodeCbor(fact);
  return facts
    .of(fact.is)
    .filter((one) => one.device === identity.device && 'at' in one.fact && one.fact.at === fact.at)
    .filter((one) => one.hash !== hash && equalBytes(encodeCbor(one.fact), bytes));
}

/** Known by hash, and by name what is written to several intakes. */
const audited = new WeakMap<Session, { known: Set<string>; revision: number }>();

const RECOVERY_SAID: ReadonlySet<string> = new Set([
  'recovery agreed',
  'recovery given',
  'recovery declined',
  'recovery withdrawn',
]);

/** One act, however many posts are told of it; null: it is told to one. */
function nameOfAct(fact: Logged['fact']): string | null {
  if (fact.is === 'access asked' || fact.is === 'recertification opened' || fact.is === 'recovery asked')
    return `${fact.is} ${fact.id}`;
  if (RECOVERY_SAID.has(fact.is) && 'request' in fact) return `${fact.is} ${fact.request}`;
  if (fact.is === 'access decided') return `${fact.is} ${fact.request} ${fact.decision}`;
  return fact.is === 'recertification stopped' ? `${fact.is} ${fact.campaign}` : null;
}

const writing = new WeakSet<Session>();

/** Writes what the facts of this computer say that is not in the audit yet; nothing while nobody audits. One call at a time, or an act would be said twice. */
export async function writeTrail(desktop: Desktop): Promise<void> {
  const { session } = desktop;
  if (writing.has(session)) return;
  writing.add(session);
  try {
    await writeDue(desktop);
  } finally {
    writing.delete(session);
  }
}

async function writeDue(desktop: Desktop): Promise<void> {
  const { session } = desktop;
  const { facts, identity, records } = session;
  if (auditors(session).length === 0) return;
  for (const area of session.docs.wroteIn) {
    session.docs.wroteIn.delete(area);
    const of = caseOf(session, area);
    if (of !== null) await noteAct(desktop, 'changed', of);
  }
  let state = audited.get(session);
  if (state === undefined) {
    const rows = await records.list('audited ');
    state = { known: new Set(rows.map(({ key }) => key.slice('audited '.length))), revision: -1 };
    audited.set(session, state);
  }
  if (state.revision === facts.revision) return;
  const { revision } = facts;
  const due = facts.all().filter(({ device, hash }) => device === identity.device && !state.known.has(hash));
  for (let i = 0; i < due.length; i += MOST_ACTS) {
    const some = due.slice(i, i + MOST_ACTS);
    const fresh = some.filter(({ fact, hash }, at) => {
      const isSaid = ({ hash: other }: Logged): boolean =>
        state.known.has(other) || some.findIndex((one) => one.hash === other) < at;
      if (copiesOf(session, fact, hash).some(isSaid)) return false;
      const name = nameOfAct(fact);
      return name === null || (!state.known.has(name) && some.findIndex((one) => nameOfAct(one.fact) === name) === at);
    });
    const acts = await Promise.all(fresh.map((logged) => actOf(desktop, logged)));
    const said = acts.filter((act) => act !== null);
    if (said.length > 0 && !(await write(session, said))) return;
    for (const name of some.flatMap(({ hash, fact }) => [hash, nameOfAct(fact) ?? []].flat())) {
      state.known.add(name);
      await records.put(`audited ${name}`, true);
    }
  }
  state.revision = revision;
}

/** What was done for or to a guest: whose area it stands in says which. */
const TO_GUEST: ReadonlySet<string> = new Set(['guest item', 'guest extended', 'guest sponsored', 'guest ended']);

function guestAt(session: Session, area: AreaId): string | null {
  const place = guestPlaceAt(session, area);
  return place && `${place.invited.fact.guestName}, ${place.invited.fact.from}`;
}

async function actOf(desktop: Desktop, logged: Logged): Promise<AuditAct | null> {
  const { fact, hash, time, area } = logged;
  const said: FactAct | null = auditOf(fact);
  if (said === null) return null;
  const { session } = desktop;
  const id = 'package' in fact ? fact.package : null;
  const pkg = id === null ? null : packageOf(session, id);
  const of = caseOf(session, area) ?? pkg?.content.case ?? (fact.is === 'case' ? fact.case : null);
  const title = of === null ? '' : await titleOf(desktop, of);
  const file = said.version === null ? null : fileAnywhere(session, said.version);
  const name = file !== null && (fact.is === 'receipt' || fact.is === 'guest file taken') ? `: ${file.name}` : '';
  return {
    ...said,
    to: (TO_GUEST.has(fact.is) ? guestAt(session, area) : null) ?? said.to,
    said: `${said.said}${name}`.slice(0, 600),
    item: said.item ?? file?.item ?? null,
    at: time,
    case: of,
    title: title.slice(0, 300),
    entry: hash,
  };
}
