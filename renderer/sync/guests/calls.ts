/** What windows may ask about guests, as functions: each a thin step to the act that it names. */
import type { GuestCalls, GuestDecision, InviteGuest } from '../../../shared/ipc/guests.ts';
import type { AreaId, CaseId, PersonId, VersionId } from '../../../shared/primitives/ids.ts';
import type { Desktop } from '../desktop.ts';
import { sayToGuest, takeGuestFile } from './contributing.ts';
import { decideGuest, guestCode, guestTerms } from './deciding.ts';
import { inviteGuest, shareWithGuest } from './inviting.ts';
import { unfinishedGuests } from './unfinished.ts';

export const guestCalls = (desktop: Desktop): GuestCalls => {
  const { session } = desktop;
  return {
    guestTerms: () => guestTerms(session),
    inviteGuest: (of: CaseId, asked: InviteGuest) => inviteGuest(desktop, of, asked),
    unfinishedGuests: (of: CaseId) => unfinishedGuests(session, of),
    shareWithGuest: (area: AreaId, versions: readonly VersionId[]) => shareWithGuest(session, area, versions),
    decideGuest: (decision: GuestDecision) => decideGuest(session, decision),
    guestCode: (guest: PersonId) => guestCode(session, guest),
    sayToGuest: (area: AreaId, text: string) => sayToGuest(session, area, text),
    takeGuestFile: (version: VersionId) => takeGuestFile(session, version),
  };
};
