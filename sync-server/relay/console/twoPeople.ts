/** The acts that two people decide: dropping half uploads, and releasing a hold. One proposes, another approves. */
import type { Result } from '../../../shared/primitives/result.ts';
import { assertNever, fail, ok } from '../../../shared/primitives/result.ts';
import type { Proposed } from '../decisions/proposals.ts';
import { approve, openProposals, propose, withdraw } from '../decisions/proposals.ts';
import { bytesIn, findHalf, readHolds, releaseHold, sweepHalf } from '../decisions/retention.ts';
import { bytes, count } from '../observe/words.ts';
import type { ConsoleAct, Doing, Done } from './act.ts';

const OPERATOR = ['operator'] as const;
const GONE = 'That proposal is not open any more.';

/** What it says, for people. */
export function sentenceOfProposal(proposed: Proposed): string {
  switch (proposed.what) {
    case 'sweep':
      return `Drop half uploads that nobody went on with for ${count(proposed.days, 'day')}`;
    case 'release hold':
      return `Release the hold on ${proposed.org}`;
    default:
      return assertNever(proposed);
  }
}

function carryOut({ db, dir, now }: Doing, proposed: Proposed, proposedBy: string): Result<Done, string> {
  switch (proposed.what) {
    case 'sweep': {
      const gone = sweepHalf(findHalf(db, dir, proposed.days, now));
      const detail = { uploads: gone.length, bytes: bytesIn(gone), days: proposed.days, proposedBy };
      return ok({
        act: 'retention sweep',
        detail,
        says: `Dropped: ${count(gone.length, 'half upload')}, ${bytes(bytesIn(gone))}.`,
      });
    }
    case 'release hold':
      return releaseHold(db, proposed.org)
        ? ok({ act: 'retention release', detail: { org: proposed.org, proposedBy }, says: 'It is held no more.' })
        : fail('It was not held.');
    default:
      return assertNever(proposed);
  }
}

/** What is decided on, and who proposed it. */
function about({ db, now }: Doing, id: string): string | null {
  const found = openProposals(db, now).find((one) => String(one.id) === id);
  return found === undefined ? null : `${sentenceOfProposal(found.proposed)}. Proposed by ${found.by}.`;
}

const proposed = ({ db, by, now }: Doing, what: Proposed): Result<Done, string> => {
  const id = propose(db, what, by, now);
  return ok({ act: 'propose', detail: { id, ...what }, says: 'Proposed. Another operator approves it.' });
};

export const TWO_PEOPLE: Readonly<Record<string, ConsoleAct>> = {
  sweep: {
    title: 'Propose to drop half uploads',
    roles: OPERATOR,
    page: '/retention',
    says: () => [
      'When another operator approves, uploads that nobody went on with for so long are dropped, those held excepted.',
      'A laptop that still wants to send one begins it anew.',
    ],
    button: 'Propose',
    fields: [{ name: 'days', label: 'Days untouched, 1 to 3650', usual: '30' }],
    run(doing, _subject, { days = '' }) {
      const number = /^\d{1,4}$/.test(days) ? Number(days) : 0;
      if (number < 1 || number > 3650) return fail('Days are a whole number from 1 to 3650.');
      return proposed(doing, { what: 'sweep', days: number });
    },
  },
  release: {
    title: 'Propose to release a hold',
    roles: OPERATOR,
    page: '/retention',
    says: () => ['When another operator approves, what this organisation left half sent may be dropped again.'],
    button: 'Propose',
    run: (doing, org) =>
      readHolds(doing.db).some((one) => one.org === org)
        ? proposed(doing, { what: 'release hold', org })
        : fail('It is not held.'),
  },
  approve: {
    title: 'Approve a proposal',
    roles: OPERATOR,
    page: '/retention',
    about,
    says: () => ['It is carried out at once, and cannot be undone. Nobody approves what they proposed.'],
    button: 'Approve',
    run(doing, id) {
      const approved = approve(doing.db, Number(id), doing.by, doing.now);
      if (!approved.ok)
        return fail(approved.cause === 'own proposal' ? 'You proposed it: somebody else approves it.' : GONE);
      return carryOut(doing, approved.value.proposed, approved.value.by);
    },
  },
  withdraw: {
    title: 'Turn a proposal down',
    roles: OPERATOR,
    page: '/retention',
    about,
    says: () => ['Nothing is dropped. It can be proposed again.'],
    button: 'Turn it down',
    run({ db, by, now }, id) {
      const found = openProposals(db, now).find((one) => String(one.id) === id);
      if (!found || !withdraw(db, found.id, by, now)) return fail(GONE);
      return ok({ act: 'turn down', detail: { id: found.id }, says: 'Turned down.' });
    },
  },
};
