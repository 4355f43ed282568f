/**
 * What a typed URN will be kept as, or what is wrong with it and where.
 */
import { URN_SENTENCE, normaliseUrn } from '../../shared/model/urn.ts';

export interface UrnHint {
  readonly urn: string | null;
  readonly hint: string;
  readonly wrong: string | null;
}

export function urnHint(typed: string): UrnHint {
  const read = normaliseUrn(typed);
  if (read.ok) return { urn: read.value, hint: `Kept as ${read.value}`, wrong: null };
  if (read.cause === 'empty') return { urn: null, hint: 'Such as 01AB/12345/26. It can be given later.', wrong: null };
  return { urn: null, hint: '', wrong: URN_SENTENCE[read.cause] };
}
