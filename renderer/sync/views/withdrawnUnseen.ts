/**
 * Packages that were withdrawn before they could be opened here: the relay dropped their keys, so all that is known is
 * that somebody took one back, and why. Both sides say so; nothing of the content is shown, because nothing of it is here.
 */
import type { CaseId, SeatId } from '../../../shared/primitives/ids.ts';
import type { PackageRow } from '../../../shared/ipc/worker.ts';
import { condition, noCondition } from '../../../shared/status/condition.ts';
import { packageOf } from '../cases/caseIndex.ts';
import type { Desktop } from '../desktop.ts';
import { nameOf } from './cases.ts';
import { clockOf } from './clock.ts';
import { postText } from '../../../shared/seal/directory/postText.ts';

const UNKNOWN = '0'.repeat(32) as CaseId;

export async function withdrawnUnseen(desktop: Desktop): Promise<readonly PackageRow[]> {
  const { session } = desktop;
  const unseen = session.facts
    .of('withdrawn')
    .filter((f) => f.org !== session.identity.org && packageOf(session, f.fact.package) === null);
  return Promise.all(
    unseen.map(async ({ fact, area }): Promise<PackageRow> => {
      const withdrawn = { reason: fact.reason, at: fact.at, name: fact.by.personName };
      const seat = session.log.replica(area).state.intake?.seat ?? fact.by.seat;
      return {
        package: fact.package,
        direction: 'received',
        case: fact.what?.case ?? UNKNOWN,
        caseTitle: (fact.what && (await nameOf(desktop, fact.what.case)).title) || 'A package that never arrived',
        urn: null,
        org: fact.by.orgName,
        post: postOf(desktop, seat),
        by: fact.by.personName,
        purpose: fact.what?.purpose ?? 'further evidence',
        urgency: fact.what?.urgency ?? 'routine',
        at: fact.at,
        word: { text: 'Withdrawn', tone: 'attention', at: fact.at, by: fact.by.personName, why: fact.reason },
        condition: condition({ ...noCondition, withdrawn, reached: false }, clockOf(session)),
        progress: null,
        files: [],
        answers: null,
        summary: '',
        note: '',
        record: [],
        can: { withdraw: false, accept: false, return: false, error: false, sendByLink: false, stick: null },
        errors: [],
        acceptWaits: null,
        allocated: null,
        allocateTo: [],
        history: [
          {
            at: fact.at,
            sentence: `Withdrawn by ${fact.by.personName}, ${fact.by.orgName}, before it arrived: ${fact.reason}`,
          },
        ],
      };
    }),
  );
}

function postOf({ session }: Desktop, seat: SeatId): string {
  const post = session.directories.current(session.identity.org)?.posts.get(seat);
  return post ? postText(post) : '';
}
