/**
 * What an audit entry says: who did what to which case or file, when, and to whom it went. One entry holds a few acts of one
 * person on one computer; it is signed and chained like every entry, and sealed for the organisation's auditors. Where the act
 * left a signed entry of its own, it is named by its hash.
 */
import { z } from 'zod';
import type { CaseId, ItemId, VersionId } from '../../primitives/ids.ts';

import { decodeFrame, encodeCbor } from '../../primitives/cbor.ts';
import { count, hash, id, party, text } from '../facts/parts.ts';

/** The law's words for processing (Data Protection Act 2018, section 62), and ours for access. */
export const AUDITED = [
  'created',
  'changed',
  'looked at',
  'released',
  'received',
  'exported',
  'decided',
  'access given',
  'access ended',
  'access asked',
  'destroyed',
] as const;
export type Audited = (typeof AUDITED)[number];

const act = z.object({
  what: z.enum(AUDITED),
  at: count,
  /** A sentence for people, without who and when. */
  said: text(600),
  case: id<CaseId>().nullable(),
  /** What the case was called then. */
  title: text(300),
  item: id<ItemId>().nullable(),
  version: id<VersionId>().nullable(),
  /** To which organisation or post it went. */
  to: text(400).nullable(),
  /** The entry that is the act itself. */
  entry: hash.nullable(),
});
export type AuditAct = z.infer<typeof act>;

/** Acts in one entry. */
export const MOST_ACTS = 100;

const auditContent = z.object({ is: z.literal('audit'), by: party, acts: z.array(act).min(1).max(MOST_ACTS) });
export type AuditContent = z.infer<typeof auditContent>;

export const encodeAudit = (content: AuditContent): Uint8Array => encodeCbor(content);

/** Null: of a later version, or none. */
export function decodeAudit(plain: Uint8Array): AuditContent | null {
  try {
    const parsed = auditContent.safeParse(decodeFrame(plain));
    return parsed.success ? parsed.data : null;
  } catch {
    return null; // not CBOR
  }
}
