/**
 * Who a record is written for when it leaves: which files they are given with this release or had before, and whether they
 * are of the team of police and prosecution. Decides nothing about what that allows (shared/model/publish.ts).
 */
import type { CaseId, OrgId } from '../../../../shared/primitives/ids.ts';
import type { FileRecord } from '../../../../shared/model/events.ts';
import type { Audience } from '../../../../shared/model/publish.ts';
import { isDelivered } from '../../../../shared/model/packageStatus.ts';
import { isSide } from '../../../../shared/model/roles.ts';
import type { Session } from '../../session.ts';
import { packagesOf } from '../caseIndex.ts';

/**
 * The audience of a release of `files` to an organisation. Of earlier releases only what was delivered counts: one that is on
 * its way may yet be withdrawn, and then nothing of it may stand anywhere that they read.
 */
export function audienceOf(session: Session, of: CaseId, org: OrgId, files: readonly FileRecord[]): Audience {
  const earlier = packagesOf(session, of).filter(
    ({ side, content, withdrawn }) => side === 'sender' && content.to.org === org && !withdrawn,
  );
  const delivered = earlier.flatMap((pkg) =>
    pkg.files.filter((file) => file.inError === null && isDelivered(file)).map(({ file }) => file),
  );
  return audienceWith(session, org, [...delivered, ...files]);
}

/** Whoever was ever given these files, in an organisation. */
export function audienceWith(session: Session, org: OrgId, given: readonly FileRecord[]): Audience {
  // By our own authority's word, never by the partner's; where it says nothing, each is given what any may see.
  const side = session.directories.sideOf(org);
  return { items: new Set(given.map((file) => file.item)), team: side !== null && isSide(side) };
}
