/**
 * An agreement while it is written: what of the form is kept, and what stands against offering it, in a sentence.
 */
import type { Agreement } from '../../../shared/model/work/agreement/schema.ts';
import { agreement } from '../../../shared/model/work/agreement/schema.ts';

const said = (text: string): boolean => text.trim() !== '';

/** Without the lines that were left empty. */
export const kept = (draft: Agreement): Agreement => ({
  ...draft,
  name: draft.name.trim(),
  purposes: draft.purposes.map((purpose) => purpose.trim()).filter(said),
  basis: draft.basis.filter(({ text }) => said(text)),
  markings: draft.markings.filter(({ rule }) => said(rule)),
  retention: draft.retention.filter(({ title }) => said(title)),
});

export function wrongWith(offered: Agreement): string | null {
  if (offered.name === '') return 'Give it a name.';
  if (offered.purposes.length === 0) return 'Say for which purposes is shared, at least one.';
  if (offered.basis.length === 0) return 'Give the lawful basis, at least one.';
  if (offered.markings.length === 0) return 'Give the rule of at least one marking.';
  if (offered.retention.length === 0) return 'Give at least one retention class.';
  if (offered.review !== null && offered.review < offered.effective)
    return 'It is to be reviewed before it is in effect. Choose a later day.';
  const parsed = agreement.safeParse(offered);
  if (parsed.success) return null;
  const place = parsed.error.issues[0]?.path.map((part) => (typeof part === 'number' ? part + 1 : String(part)));
  return `This is too long, or no day: ${place?.join(' ') ?? 'a part of it'}. Shorten or choose it again.`;
}
