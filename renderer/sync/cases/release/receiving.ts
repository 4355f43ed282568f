/**
 * Receiving: receipts, accept and return. Each goes to two intakes: the sender's post, so that they see it, and our own
 * post's, so that colleagues do. A receipt is this device's signed word over the content's hash, given once.
 */
import type { PackageId, VersionId } from '../../../../shared/primitives/ids.ts';
import type { Result } from '../../../../shared/primitives/result.ts';
import { fail, ok } from '../../../../shared/primitives/result.ts';
import type { ActCause } from '../../../../shared/ipc/worker.ts';
import { encodeFact } from '../../../../shared/model/events.ts';
import type { CaseEvent, FileRecord, PackageContent, Receipt } from '../../../../shared/model/events.ts';
import type { PackageState } from '../../../../shared/model/foldPackage.ts';
import { hasArrived, missing } from '../../../../shared/model/packageStatus.ts';
import type { Piece } from '../../log/writer.ts';
import type { Session } from '../../session.ts';
import { meAs } from '../me.ts';
import { isGenuine, packageOf } from '../caseIndex.ts';
import { mayShareHere } from '../permitted.ts';
import { act, intakePiece } from '../pieces.ts';
import { packagesHere } from '../work/lateLetters.ts';

/** The same entry content for the sender's post and for ours. */
async function bothIntakes(
  session: Session,
  content: PackageContent,
  kind: Piece['kind'],
  plain: Uint8Array,
): Promise<Piece[]> {
  return [
    await intakePiece(session, content.from, kind, plain),
    await intakePiece(session, { org: content.to.org, seat: content.to.seat }, kind, plain),
  ];
}

const signing = new Set<string>();

/** Signs a receipt unless this device has signed the same before. */
export async function signReceipt(
  session: Session,
  content: PackageContent,
  file: FileRecord,
  what: Receipt['what'],
): Promise<Result<null, ActCause>> {
  const { version, sha256 } = file.content;
  const given = session.facts
    .of('receipt')
    .some(
      (f) =>
        f.device === session.identity.device &&
        f.fact.package === content.package &&
        f.fact.version === version &&
        f.fact.what === what,
    );
  const once = `${session.identity.device} ${content.package} ${version} ${what}`;
  if (given || signing.has(once)) return ok(null);
  if (!isGenuine(session, file)) return fail('not whole');
  const by = meAs(session, content.to.seat);
  if (!by || by.seat !== content.to.seat) return fail('not allowed');
  signing.add(once);
  try {
    const device = session.directories.current(session.identity.org)?.devices.get(session.identity.device);
    const receipt: Receipt = {
      is: 'receipt',
      what,
      package: content.package,
      version,
      sha256,
      by,
      deviceName: device?.name ?? '',
      at: session.platform.now(),
    };
    return await act(session, await bothIntakes(session, content, 'receipt', encodeFact(receipt)));
  } finally {
    signing.delete(once);
  }
}

/**
 * Says that a package is here of which no file is left to deliver (it has none, or all were left out), so that there will be
 * no receipt: a device of the post has opened and kept it. Its first word is enough.
 */
export async function signReceived(session: Session, pkg: PackageState): Promise<void> {
  const { content } = pkg;
  if (pkg.side !== 'receiver' || pkg.withdrawn || hasArrived(pkg) || missing(pkg).length > 0) return;
  const by = meAs(session, content.to.seat);
  const once = `${session.identity.device} ${content.package}`;
  if (by?.seat !== content.to.seat || signing.has(once)) return;
  signing.add(once);
  try {
    const deviceName = session.directories.current(session.identity.org)?.devices.get(session.identity.device)?.name;
    const at = session.platform.now();
    const event: CaseEvent = { is: 'received', package: content.package, by, deviceName: deviceName ?? '', at };
    await act(session, await bothIntakes(session, content, 'event', encodeFact(event)));
  } finally {
    signing.delete(once);
  }
}

/** A receipt for every received file that is whole here and was not signed for. */
export async function signArrived(session: Session, here: ReadonlySet<VersionId>): Promise<void> {
  for (const pkg of packagesHere(session)) {
    if (pkg.side !== 'receiver') continue;
    for (const { file, inError } of pkg.files)
      if (inError === null && here.has(file.content.version))
        await signReceipt(session, pkg.content, file, 'delivered');
    await signReceived(session, pkg);
  }
}

/** Records that a person saw, or exported, a version: once for every package that brought it here. */
export async function recordLook(
  session: Session,
  version: VersionId,
  what: 'opened' | 'viewing began' | 'exported',
): Promise<Result<null, ActCause>> {
  for (const { side, content } of packagesHere(session)) {
    const file = content.files.find((f) => f.content.version === version);
    if (side !== 'receiver' || !file) continue;
    if (what === 'exported') await signReceipt(session, content, file, 'exported');
    const done = await signReceipt(session, content, file, what === 'exported' ? 'opened' : what);
    if (!done.ok) return done;
  }
  return ok(null);
}

/** Accepts or returns a received package, once. */
export async function decide(
  session: Session,
  id: PackageId,
  decision:
    | 'accepted'
    | { readonly returned: string; readonly reasons?: readonly string[]; readonly respondBy?: string },
): Promise<Result<null, ActCause>> {
  const found = packageOf(session, id);
  if (!found || found.side !== 'receiver') return fail('not found');
  const { content } = found;
  const by = meAs(session, content.to.seat);
  if (!by || by.seat !== content.to.seat) return fail('not allowed');
  if (found.decided || found.withdrawn) return fail('already done');
  if (!mayShareHere(session, decision === 'accepted' ? 'accepted' : 'returned')) return fail('not allowed');
  const at = session.platform.now();
  const event: CaseEvent =
    decision === 'accepted'
      ? { is: 'accepted', package: id, by, at }
      : {
          is: 'returned',
          package: id,
          reason: decision.returned,
          ...(decision.reasons ? { reasons: [...decision.reasons] } : {}),
          ...(decision.respondBy ? { respondBy: decision.respondBy } : {}),
          by,
          at,
        };
  return act(session, await bothIntakes(session, content, 'event', encodeFact(event)));
}
