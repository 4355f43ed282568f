/**
 * What an organisation's administrator asks of its authority from the application, and the answers. Carried within a device's
 * sealed ask, so that the relay and whoever runs it can neither read nor make one. Each act has an id: a repeated one is
 * answered again and not done again.
 */
import { z } from 'zod';
import * as f from './fields.ts';

const name = z.string().min(1).max(200);
export const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);
const roles = z.array(z.string().max(64)).max(32);

export const adminAct = z.discriminatedUnion('is', [
  /** What is known of a person, and where it comes from. Changes nothing, as `preview`, `record` and `leavers`. */
  z.object({ is: z.literal('about'), person: f.person }),
  z.object({ is: z.literal('preview'), person: f.person, title: name, unit: z.string().max(200) }),
  z.object({ is: z.literal('record') }),
  /** Who has left and of whom something is known, until when. Changes nothing. */
  z.object({ is: z.literal('leavers') }),
  /** Stops the deletion of what is known of a leaver, for a reason that is shown; and lets it go on. */
  z.object({ is: z.literal('hold'), person: f.person, reason: z.string().trim().min(1).max(500) }),
  z.object({ is: z.literal('end hold'), person: f.person }),
  z.object({ is: z.literal('add person'), name, seats: z.array(f.seat).max(20) }),
  /** With an owner it is a personal grant: that person answers for it, and it has a last day. */
  z.object({
    is: z.literal('give post'),
    person: f.person,
    seat: f.seat,
    from: day.nullable(),
    until: day.nullable(),
    owner: f.person.nullable().optional(),
  }),
  z.object({ is: z.literal('take post'), person: f.person, seat: f.seat }),
  z.object({ is: z.literal('attributes'), person: f.person, has: z.array(z.string().min(1).max(64)).max(20) }),
  z.object({ is: z.literal('add post'), title: name, unit: z.string().max(200), roles }),
  /** What the holders of a post may do, in place of what was said before. */
  z.object({ is: z.literal('roles'), seat: f.seat, roles }),
  /** The same post under another title or in another unit: its cases stay with it. */
  z.object({ is: z.literal('rename post'), seat: f.seat, title: name, unit: z.string().max(200) }),
  /** Nobody holds it any more, and it has no role. */
  z.object({ is: z.literal('end post'), seat: f.seat }),
  z.object({ is: z.literal('code'), person: f.person }),
  /** Every post, code and computer: at once, whatever personnel and provider say, until they are let in again. */
  z.object({ is: z.literal('end'), person: f.person }),
  /** They have what personnel and provider say, and nothing else; no computer of before is theirs again. */
  z.object({ is: z.literal('let in'), person: f.person }),
]);
export type AdminAct = z.infer<typeof adminAct>;

const lines = z.array(z.string().max(600)).max(500);

export const adminAnswer = z.discriminatedUnion('is', [
  z.object({
    is: z.literal('about'),
    /** A sentence each. */
    sources: lines,
    posts: z
      .array(z.object({ seat: f.seat, from: day.nullable(), until: day.nullable(), by: z.string().max(40) }))
      .max(200),
    /** The day on which an administrator ended their access; null: nobody has. */
    ended: day.nullable().default(null),
  }),
  /** `renew`: what is theirs beside their place, and is put before its owners. */
  z.object({ is: z.literal('preview'), loses: lines, gains: lines, renew: lines.default([]) }),
  z.object({
    is: z.literal('record'),
    rows: z
      .array(
        z.object({
          time: f.count,
          person: f.person,
          what: z.string().max(40),
          source: z.string().max(40),
          /** From which posts to which, under which name before, why it is held; null: nothing more is on record. */
          about: z.string().max(600).nullable().default(null),
        }),
      )
      .max(500),
  }),
  z.object({
    is: z.literal('leavers'),
    rows: z
      .array(
        z.object({
          person: f.person,
          name: z.string().max(200),
          /** The day on which their access ended, and the first on which what is known of them is deleted. */
          left: day,
          deleted: day,
          /** Why it is not; null: nothing stops it. */
          hold: z.string().max(2000).nullable(),
        }),
      )
      .max(500),
  }),
  z.object({ is: z.literal('done') }),
  z.object({ is: z.literal('code'), code: z.string().max(64), expires: f.count }),
  z.object({
    is: z.literal('declined'),
    cause: z.enum(['not yours', 'own access', 'not known', 'from elsewhere', 'not in', 'malformed']),
  }),
]);
export type AdminAnswer = z.infer<typeof adminAnswer>;
export type AdminCause = Extract<AdminAnswer, { is: 'declined' }>['cause'];
