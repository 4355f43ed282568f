/**
 * Facts of guests: who was invited to a case, why and to what; what was shared with them, what they brought and said; and what was
 * decided of their end. They stand in the area that was made for that guest; the invitation in Working papers too. They give
 * nobody anything: that is the access chain's, and the directory's.
 */
import { z } from 'zod';
import type { AreaId, CaseId, PersonId, SeatId, VersionId } from '../../primitives/ids.ts';
import { day, fileRecord, id, reason, said, text } from './parts.ts';

/** What a guest may do with what they see. */
export const GUEST_MAY = ['view', 'contribute'] as const;
export type GuestMay = (typeof GUEST_MAY)[number];

export const GUESTS = [
  /** First event of the area that is made for a guest; the same in Working papers. */
  z.object({
    is: z.literal('guest invited'),
    case: id<CaseId>(),
    /** The area that is theirs, and the one that it is made from. */
    area: id<AreaId>(),
    source: id<AreaId>(),
    guest: id<PersonId>(),
    guestName: text(200),
    /** The organisation that they come from. */
    from: text(200),
    seat: id<SeatId>(),
    may: z.enum(GUEST_MAY),
    until: day,
    why: reason,
    /** What the case is called for them, and what they are asked for. */
    title: text(300),
    note: text(4000),
    /** The summary of the case as it was, where it was shared; empty where not. */
    summary: text(200_000),
    ...said,
  }),
  /** In the area: a file of the case, by value. */
  z.object({ is: z.literal('guest item'), file: fileRecord, ...said }),
  /** In the area, by the guest: a file that they add. */
  z.object({ is: z.literal('guest brought'), file: fileRecord, ...said }),
  /** In the area, by the guest or by the team: a report, a statement, an answer. */
  z.object({ is: z.literal('guest said'), text: text(20_000), ...said }),
  /** In the area, by the team: another last day, by a decision of its own; the end; another who answers for them. */
  z.object({ is: z.literal('guest extended'), until: day, why: reason, ...said }),
  z.object({ is: z.literal('guest ended'), why: reason, ...said }),
  z.object({
    is: z.literal('guest sponsored'),
    sponsor: id<PersonId>(),
    sponsorName: text(200),
    why: reason,
    ...said,
  }),
  /** In the area, by the team: a file that the guest brought was added to Working papers. */
  z.object({ is: z.literal('guest file taken'), version: id<VersionId>(), ...said }),
] as const;

/** All that a guest may ever say: whatever else their computer writes is refused by everybody. */
export const GUESTS_SAY: ReadonlySet<string> = new Set(['guest brought', 'guest said']);
