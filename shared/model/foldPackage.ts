/**
 * One package, from everything that the log says of it in Working papers and in intakes: what was sent, which receipts
 * came, how it ended. A pure fold: the same facts give the same state in whatever order and however often they arrive.
 * Only those count who may say so: the sending organisation of sending, withdrawing and leaving out; the receiving post
 * of receipts (over the very content that was sent), acceptance and return.
 */
import type { AreaId, DeviceId, Hash, OrgId, PackageId, PersonId, VersionId } from '../primitives/ids.ts';
import type { Millis } from '../primitives/units.ts';
import type { FileRecord, PackageContent, Party, Receipt, ReleaseWhen } from './events.ts';
import type { Act, Destroyed, InError } from './inError/fold.ts';
import { actOf, allOf, destroyedOf, errorsOf } from './inError/fold.ts';
import type { AnyFact, FactOf, Logged, Refused, RefusedWhy } from './logged.ts';
import { inOneOrder, isFact, isOwnWord } from './logged.ts';
import { isPermitted } from './work/permissions/sharing.ts';

export interface Me {
  readonly org: OrgId;
  readonly person: PersonId;
  readonly device: DeviceId;
}

/** The receiver's answer; of a return, the codes of its recorded reasons and by when an answer is asked for. */
export interface Decided extends Act {
  readonly is: 'accepted' | 'returned';
  readonly reasons: readonly string[];
  readonly respondBy: string | null;
}
export interface ReceiptState {
  readonly what: Receipt['what'];
  readonly at: Millis;
  readonly by: Party;
  readonly device: DeviceId;
  readonly deviceName: string;
  readonly entry: Hash;
}
export interface PackageFile {
  readonly file: FileRecord;
  /** Oldest first, each once, whichever intake brought it. */
  readonly receipts: readonly ReceiptState[];
  readonly dropped: Act | null;
  /** It went where it should not: the first word that says so. */
  readonly inError: Act | null;
}
export interface PackageState {
  readonly package: PackageId;
  readonly side: 'sender' | 'receiver';
  readonly content: PackageContent;
  /** The entry that froze it: `released` in Working papers, or the package in an intake; and its writer's device. */
  readonly entry: Hash;
  readonly device: DeviceId;
  readonly when: ReleaseWhen | null;
  readonly inError: readonly InError[];
  readonly destroyed: readonly Destroyed[];
  /** Entries that a later one took the place of, without the keys of what was sent in error. */
  readonly postedBefore: readonly Hash[];
  /** The package entry as it was written for the intake; the newest. */
  readonly posted: { readonly at: Millis; readonly entry: Hash; readonly intake: AreaId } | null;
  /** The relay acknowledged it. For a receiver: it came from the relay. */
  readonly sentAt: Millis | null;
  /** The relay holds every chunk too. */
  readonly allSentAt: Millis | null;
  /** It was put on a stick; `alone`: its files do not go over the link. */
  readonly stick: (Act & { readonly alone: boolean }) | null;
  readonly files: readonly PackageFile[];
  /** A device there said that it holds the package, where no file was left to be delivered. */
  readonly received: (Act & { readonly deviceName: string }) | null;
  readonly withdrawn: (Act & { readonly beforeDelivery: boolean }) | null;
  /** The first in the one order stands; a second, by a colleague at the same time, is shown beside it. */
  readonly decided: Decided | null;
  readonly alsoDecided: readonly Decided[];
  readonly answeredBy: readonly PackageId[];
  readonly refused: readonly Refused[];
}

interface Found {
  readonly content: PackageContent;
  readonly from: Logged;
  readonly side: 'sender' | 'receiver';
  readonly when: ReleaseWhen | null;
}

/** What the package is: our own release where there is one, else the first that its own sender put into an intake. */
function find(id: PackageId, facts: readonly Logged[], me: Me): Found | null {
  for (const logged of facts) {
    if (
      !isFact(logged, 'released') ||
      logged.fact.content.package !== id ||
      logged.org !== me.org ||
      logged.fact.content.from.org !== me.org ||
      !isOwnWord(logged) ||
      !isPermitted(logged)
    )
      continue;
    return { content: logged.fact.content, from: logged, side: 'sender', when: logged.fact.when };
  }
  const got = facts.find(
    (logged): logged is Logged<PackageContent> =>
      isFact(logged, 'package') && logged.fact.package === id && isOwnWord(logged) && isPermitted(logged),
  );
  return got
    ? { content: got.fact, from: got, side: got.fact.from.org === me.org ? 'sender' : 'receiver', when: null }
    : null;
}

const packageIn = (fact: AnyFact): PackageId | null =>
  fact.is === 'released' ? fact.content.package : 'package' in fact ? fact.package : null;
const SENDING = new Set<AnyFact['is']>([
  'released',
  'package',
  'posted',
  'sent',
  'all sent',
  'in custody',
  'on stick',
  'by link too',
  'withdrawn',
  'dropped',
  'sent in error',
  'entered',
]);

/** Whether a fact about the package counts; the cause where it does not. */
function judge({ content, from }: Found, logged: Logged): RefusedWhy | null {
  const { fact, org } = logged;
  if (!isOwnWord(logged)) return 'not its author';
  if (!isPermitted(logged)) return 'not permitted';
  if (SENDING.has(fact.is) && org !== content.from.org) return 'not theirs to say';
  if (fact.is === 'package' && logged.hash !== from.hash && !sameContent(fact, content)) return 'another content';
  if (fact.is === 'released' && logged.hash !== from.hash)
    return sameContent(fact.content, content) ? 'said twice' : 'another content';
  const file = 'version' in fact ? content.files.find((one) => one.content.version === fact.version) : undefined;
  if ('version' in fact && !file) return 'another content';
  // Who reads the Case file need not hold the post that it was sent to.
  if (fact.is === 'copy destroyed') return org === content.to.org ? null : 'not theirs to say';
  if (fact.is === 'receipt' || fact.is === 'received' || fact.is === 'accepted' || fact.is === 'returned') {
    if (org !== content.to.org || fact.by.seat !== content.to.seat) return 'not theirs to say';
    if (fact.is === 'receipt' && fact.sha256 !== file?.content.sha256) return 'another content';
  }
  return null;
}

/** The same frozen versions for the same post: what a receipt and an acceptance speak of. */
function sameContent(a: PackageContent, b: PackageContent): boolean {
  return keyOf(a) === keyOf(b);
}
const keyOf = ({ from, to, files }: PackageContent): string =>
  JSON.stringify([
    from.org,
    to.org,
    to.seat,
    files.map((file) => [file.item, file.content.version, file.content.sha256]),
  ]);

/** Receipts of one version, each once: the same word goes to two intakes as two entries. */
function receiptsOf(facts: readonly Logged[], version: VersionId): ReceiptState[] {
  const once = new Map<string, ReceiptState>();
  for (const logged of facts) {
    if (!isFact(logged, 'receipt') || logged.fact.version !== version) continue;
    const { what, at, by, deviceName } = logged.fact;
    const key = [what, logged.device, by.person, at].join(' ');
    if (!once.has(key)) once.set(key, { what, at, by, device: logged.device, deviceName, entry: logged.hash });
  }
  return [...once.values()].sort((a, b) => a.at - b.at || (a.entry < b.entry ? -1 : 1));
}

function decisions(facts: readonly Logged[]): Decided[] {
  const once = new Map<string, Decided>();
  for (const logged of facts) {
    if (!isFact(logged, 'accepted') && !isFact(logged, 'returned')) continue;
    const { fact } = logged;
    const { is, by, at } = fact;
    const key = [is, by.person, at].join(' ');
    const [reasons, respondBy] = fact.is === 'returned' ? [fact.reasons ?? [], fact.respondBy ?? null] : [[], null];
    if (!once.has(key)) once.set(key, { is, ...actOf(logged), reasons, respondBy });
  }
  return [...once.values()];
}

const firstOf = <Is extends AnyFact['is']>(facts: readonly Logged[], is: Is): Logged<FactOf<Is>> | undefined =>
  facts.find((logged): logged is Logged<FactOf<Is>> => isFact(logged, is));

/** The state of a package; null while nothing says what it is. */
export const foldPackage = (id: PackageId, all: readonly Logged[], me: Me): PackageState | null =>
  foldPackages(all, me).get(id) ?? null;

/** Every package that the facts know, in the order in which each was first named; the facts are put in order once. */
export function foldPackages(all: readonly Logged[], me: Me): ReadonlyMap<PackageId, PackageState> {
  const ordered = inOneOrder(all);
  const about = new Map<PackageId, Logged[]>();
  for (const logged of ordered) {
    const id = packageIn(logged.fact);
    if (id === null) continue;
    const known = about.get(id);
    if (known) known.push(logged);
    else about.set(id, [logged]);
  }
  const releases = ordered.filter(({ fact }) => fact.is === 'released' || fact.is === 'package');
  const named = [...new Set(releases.flatMap(({ fact }) => packageIn(fact) ?? []))];
  return new Map(
    named.flatMap((id) => {
      const state = foldOne(id, about.get(id) ?? [], releases, me);
      return state ? [[id, state] as const] : [];
    }),
  );
}

function foldOne(id: PackageId, about: readonly Logged[], releases: readonly Logged[], me: Me): PackageState | null {
  const found = find(id, about, me);
  if (!found) return null;
  const judged = about.map((logged) => ({ logged, why: judge(found, logged) }));
  const facts = judged.flatMap(({ logged, why }) => (why === null ? [logged] : []));
  const refused = judged.flatMap(({ logged, why }) =>
    why === null ? [] : [{ hash: logged.hash, org: logged.org, why }],
  );
  const drops = allOf(facts, 'dropped');
  const errors = errorsOf(facts);
  const allPosted = allOf(facts, 'posted');
  const posted = allPosted.at(-1);
  const [sent, allSent, received, withdrawn] = [
    firstOf(facts, 'sent'),
    firstOf(facts, 'all sent'),
    firstOf(facts, 'received'),
    firstOf(facts, 'withdrawn'),
  ];
  const [decided, ...alsoDecided] = decisions(facts);
  return {
    package: id,
    side: found.side,
    content: found.content,
    entry: found.from.hash,
    device: found.from.device,
    when: found.when,
    inError: errors,
    destroyed: destroyedOf(facts),
    postedBefore: allPosted.slice(0, -1).map(({ fact }) => fact.entry),
    posted: posted ? { at: posted.fact.at, entry: posted.fact.entry, intake: posted.fact.intake } : null,
    sentAt: sent?.fact.at ?? (found.side === 'receiver' ? found.from.relayTime : null),
    allSentAt: allSent?.fact.at ?? null,
    stick: stickOf(facts),
    files: found.content.files.map((file) => {
      const dropped = drops.find(({ fact }) => fact.version === file.content.version);
      const { version } = file.content;
      const inError = errors.find(({ versions }) => versions.includes(version)) ?? null;
      return { file, receipts: receiptsOf(facts, version), dropped: dropped ? actOf(dropped) : null, inError };
    }),
    received: received ? { ...actOf(received), deviceName: received.fact.deviceName } : null,
    withdrawn: withdrawn ? { ...actOf(withdrawn), beforeDelivery: withdrawn.fact.beforeDelivery } : null,
    decided: decided ?? null,
    alsoDecided,
    refused,
    answeredBy: answersTo(id, found.content, releases),
  };
}

/** The newest of what was said: put on a stick, or to go over the link as well. */
function stickOf(facts: readonly Logged[]): PackageState['stick'] {
  const put = facts.filter((logged): logged is Logged<FactOf<'on stick'>> => isFact(logged, 'on stick')).at(-1);
  if (!put) return null;
  const last = facts.findLast(({ fact }) => fact.is === 'on stick' || fact.is === 'by link too');
  return { ...actOf(put), alone: last?.fact.is === 'on stick' };
}

/** Later packages of the same sender that name this one. */
function answersTo(id: PackageId, content: PackageContent, releases: readonly Logged[]): PackageId[] {
  const answers = releases.flatMap((logged) => {
    const other =
      logged.fact.is === 'released' ? logged.fact.content : logged.fact.is === 'package' ? logged.fact : null;
    return other &&
      other.answers === id &&
      other.package !== id &&
      other.from.org === content.from.org &&
      logged.org === content.from.org &&
      isOwnWord(logged)
      ? [other.package]
      : [];
  });
  return [...new Set(answers)];
}
