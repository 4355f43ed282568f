/**
 * From the log's facts to the facts that the status functions take: one version in one package, as its sender or its
 * receiver knows it. Nothing here decides a word.
 */
import type { VersionId } from '../../../shared/primitives/ids.ts';
import type { FileRecord, PackageContent, Receipt } from '../../../shared/model/events.ts';
import type { OpenedFact, ReasonFact, VersionFacts, WaitWhy } from '../../../shared/status/facts.ts';
import { freshVersion, joinDelivered, joinOpened } from '../../../shared/status/facts.ts';
import type { ReceiptRow } from '../../../shared/ipc/worker.ts';
import type { PackageFact } from '../cases/caseIndex.ts';
import type { Fact } from '../cases/facts.ts';
import { holdsBack } from '../cases/releasing.ts';
import type { Desktop } from '../desktop.ts';

export const sealedBytes = (file: FileRecord): number =>
  file.content.chunks.reduce((sum, chunk) => sum + chunk.size, 0);

/** Receipts that count: of the other organisation for a sender, of ours for a receiver, over the right content. */
function receiptsFor({ session }: Desktop, pkg: PackageFact, file: FileRecord): readonly Fact<Receipt>[] {
  const of = pkg.direction === 'sent' ? pkg.content.to.org : session.identity.org;
  return session.facts
    .of('receipt')
    .filter(
      (f) =>
        f.org === of &&
        f.fact.package === pkg.content.package &&
        f.fact.version === file.content.version &&
        f.fact.sha256 === file.content.sha256,
    );
}

export function receiptRows(desktop: Desktop, pkg: PackageFact, file: FileRecord): readonly ReceiptRow[] {
  return receiptsFor(desktop, pkg, file).flatMap(({ fact, hash }) =>
    fact.what === 'exported'
      ? []
      : [
          {
            what: fact.what,
            person: fact.by.personName,
            org: fact.by.orgName,
            device: fact.deviceName,
            at: fact.at,
            proof: hash,
          },
        ],
  );
}

const reasonOf = (fact: { reason: string; at: number; by: { personName: string } } | undefined): ReasonFact | null =>
  fact ? { reason: fact.reason, at: fact.at, name: fact.by.personName } : null;

export const withdrawnFact = ({ session }: Desktop, pkg: PackageContent['package']): ReasonFact | null =>
  reasonOf(session.facts.of('withdrawn').find((f) => f.fact.package === pkg)?.fact);
export const droppedFact = (
  { session }: Desktop,
  pkg: PackageContent['package'],
  version: VersionId,
): ReasonFact | null =>
  reasonOf(session.facts.of('dropped').find((f) => f.fact.package === pkg && f.fact.version === version)?.fact);

/** Why what was released does not go, most telling first. */
export function waitsOf({ session, moving, importing }: Desktop, pkg: PackageFact): readonly WaitWhy[] {
  const waits: WaitWhy[] = [];
  const released = session.facts.of('released').find((f) => f.fact.content.package === pkg.content.package)?.fact;
  const posted = session.facts.of('posted').some((f) => f.fact.package === pkg.content.package);
  const held = released && !posted ? holdsBack(session, released.when, importing.isRunning()) : null;
  if (held?.is === 'until') waits.push(held);
  else if (held) waits.push({ is: held.is });
  const { linkState } = session;
  if (linkState.is === 'waiting')
    waits.push({ is: linkState.why === 'no network' ? 'no network' : 'relay unreachable' });
  if (linkState.is === 'refused') waits.push({ is: 'refused' });
  if (linkState.is === 'off') waits.push({ is: 'signed out' });
  if (moving.paused.has('all')) waits.push({ is: 'paused' });
  waits.push({ is: 'turn' });
  return waits;
}

export function versionFacts(desktop: Desktop, pkg: PackageFact, file: FileRecord): VersionFacts {
  const { session, moving } = desktop;
  const { version } = file.content;
  const sent = pkg.direction === 'sent';
  const name = `${sent ? 'up' : 'down'} ${version}`;
  const added = session.facts.of('added').find((f) => f.fact.file.content.version === version);
  const fresh = freshVersion(
    sent ? 'sender' : 'receiver',
    sent ? pkg.content.to.orgName : pkg.content.from.orgName,
    sealedBytes(file),
  );
  let facts: VersionFacts = {
    ...fresh,
    sealed: added ? { at: added.fact.at } : null,
    holder: holderOf(desktop, version),
    released: sent ? { at: pkg.content.at } : null,
    waits: sent ? [...(moving.isPaused(version) ? [{ is: 'paused' as const }] : []), ...waitsOf(desktop, pkg)] : [],
    moved: moving.moved.get(name) ?? 0,
    transfer: moving.news.get(name) ?? null,
    atRelay: sent ? moving.atRelay(pkg.content.package, version) : null,
    withdrawn: withdrawnFact(desktop, pkg.content.package),
    dropped: droppedFact(desktop, pkg.content.package, version),
  };
  for (const { fact, device, person } of receiptsFor(desktop, pkg, file)) {
    const looked: OpenedFact = {
      at: fact.at,
      name: fact.by.personName,
      org: fact.by.orgName,
      mine: person === session.identity.person,
    };
    if (fact.what === 'delivered')
      facts = {
        ...facts,
        delivered: joinDelivered(facts.delivered, {
          at: fact.at,
          org: fact.by.orgName,
          device: fact.deviceName,
          here: device === session.identity.device,
        }),
      };
    if (fact.what === 'opened') facts = { ...facts, opened: joinOpened(facts.opened, looked) };
    if (fact.what === 'viewing began') facts = { ...facts, viewingBegan: joinOpened(facts.viewingBegan, looked) };
  }
  return facts;
}

/** Whose computer a file was added on, where that is not this one. */
export function holderOf({ session, moving }: Desktop, version: VersionId): string | null {
  if (moving.here.has(version)) return null;
  const added = session.facts.of('added').find((f) => f.fact.file.content.version === version);
  if (!added || added.device === session.identity.device) return null;
  return `${added.fact.by.personName}\u2019s computer`;
}
