/**
 * A package that another computer of the post released, to go on a stick from this one: it is posted once more, as this
 * computer's own letter, because the other's stands in a chain that this one does not have. Both name one package, by the
 * same versions and hashes, so that nobody takes it for two.
 */
import type { PackageId } from '../../../../shared/primitives/ids.ts';
import type { Result } from '../../../../shared/primitives/result.ts';
import { fail, ok } from '../../../../shared/primitives/result.ts';
import type { PackageState } from '../../../../shared/model/foldPackage.ts';
import { isAllInError } from '../../../../shared/model/inError/answers.ts';
import type { StickOutCause } from '../../../../shared/status/stickCauses.ts';
import type { Session } from '../../session.ts';
import { areaOf, packageOf } from '../caseIndex.ts';
import { inTurn } from '../inTurn.ts';
import { meAs } from '../me.ts';
import { mayShareHere } from '../permitted.ts';
import { act } from '../pieces.ts';
import { letterPieces, withoutKeys } from '../release/letters.ts';

/** Whether this person may post it for their post. */
export const mayPost = (session: Session, { content }: PackageState): boolean =>
  meAs(session, content.from.seat)?.seat === content.from.seat && mayShareHere(session, 'released');

/** Each package with a letter that is here, written now where it is not. */
export function withOwnLetters(
  session: Session,
  packages: readonly PackageState[],
): Promise<Result<readonly PackageState[], StickOutCause>> {
  return inTurn(session, async () => {
    for (const pkg of packages) {
      if (pkg.side !== 'sender' || !pkg.posted || (await isHere(session, pkg))) continue;
      const working = areaOf(session, pkg.content.case, 'working papers');
      const from = meAs(session, pkg.content.from.seat);
      if (!working || !from || !mayPost(session, pkg)) return fail('elsewhere');
      const gone = new Set(pkg.files.filter((f) => f.inError).map(({ file }) => file.content.version));
      const content = withoutKeys({ ...pkg.content, from }, gone, isAllInError(pkg));
      const pieces = await letterPieces(session, working.area, content, session.platform.now());
      const written = await act(session, pieces);
      if (!written.ok) return fail(written.cause === 'disk full' ? 'disk error' : 'locked');
    }
    const ids: readonly PackageId[] = packages.map((pkg) => pkg.package);
    return ok(ids.flatMap((id) => packageOf(session, id) ?? []));
  });
}

async function isHere({ db }: Session, { posted }: PackageState): Promise<boolean> {
  if (!posted) return false;
  const { entry } = posted;
  const waits = await db.outbox.where('hash').equals(entry).first();
  return (await db.letters.get(entry)) !== undefined || (waits !== undefined && waits.foreign !== true);
}
