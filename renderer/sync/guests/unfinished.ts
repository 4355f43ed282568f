/**
 * Invitations that were begun and of which no answer came: each keeps the id by which the authority was asked, so that going on
 * makes no second guest, and gives a code in place of the one that was lost. Kept, sealed, until the guest has what was shared.
 */
import type { InviteGuest, UnfinishedGuest } from '../../../shared/ipc/guests.ts';
import type { CaseId } from '../../../shared/primitives/ids.ts';
import { newId } from '../../../shared/primitives/naming.ts';
import type { Millis } from '../../../shared/primitives/units.ts';
import { DAY } from '../../../shared/primitives/units.ts';
import type { Session } from '../session.ts';

/** After so long nobody goes on with it: if the authority knows of the guest, they stand in the list. */
const KEPT: Millis = 30 * DAY;
const nameOf = (of: CaseId, id: string): string => `guest asked ${of} ${id}`;

type Store = Pick<Session, 'records' | 'platform'>;
interface Row extends UnfinishedGuest {
  readonly id: string;
}

async function rowsOf({ records, platform }: Store, of: CaseId): Promise<readonly Row[]> {
  const rows = (await records.list(nameOf(of, ''))).map(({ value }) => value as Row); // written below
  const old = rows.filter(({ at }) => platform.now() - at > KEPT);
  for (const { id } of old) await records.drop(nameOf(of, id));
  return rows.filter((row) => !old.includes(row));
}

export const unfinishedGuests = async (session: Store, of: CaseId): Promise<readonly UnfinishedGuest[]> =>
  (await rowsOf(session, of)).map(({ asked, at }) => ({ asked, at })).toSorted((a, b) => b.at - a.at);

const plain = (text: string): string => text.trim().toLowerCase();
const isSame = (a: InviteGuest, b: InviteGuest): boolean =>
  plain(a.name) === plain(b.name) && plain(a.from) === plain(b.from);

/** The id to ask by: that of an invitation of the same person which was not finished, or a fresh one. */
export async function beginInvitation(session: Store, of: CaseId, asked: InviteGuest): Promise<string> {
  const { records, platform } = session;
  const before = (await rowsOf(session, of)).find((row) => isSame(row.asked, asked));
  const id = before?.id ?? newId<string>(platform);
  await records.put(nameOf(of, id), { id, asked, at: platform.now() } satisfies Row);
  return id;
}

export const endInvitation = ({ records }: Store, of: CaseId, id: string): Promise<void> =>
  records.drop(nameOf(of, id));
