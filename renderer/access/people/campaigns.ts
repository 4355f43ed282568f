/**
 * What somebody can see, with the guests of one campaign taken together: many people of one organisation in one case, whom the
 * same post of theirs sees. Each has an area of their own, and twelve such rows would hide the rest. Pure.
 */
import type { PersonView } from '../../../shared/ipc/access.ts';

type Seen = PersonView['sees'][number];

export interface Campaign {
  readonly key: string;
  /** The case, and the organisation that its guests come from. */
  readonly title: string;
  readonly from: string;
  readonly rows: readonly Seen[];
}

/** As few rows of guests as this stand among the others. */
const FEW = 2;

export function apart(rows: readonly Seen[]): {
  readonly single: readonly Seen[];
  readonly campaigns: readonly Campaign[];
} {
  const found = new Map<string, Seen[]>();
  for (const row of rows) {
    const key = keyOf(row);
    if (key !== null) found.set(key, [...(found.get(key) ?? []), row]);
  }
  const many = [...found].filter(([, ones]) => ones.length > FEW);
  const keys = new Set(many.map(([key]) => key));
  return {
    single: rows.filter((row) => !keys.has(keyOf(row) ?? '')),
    campaigns: many.map(([key, ones]) => ({
      key,
      title: ones[0]?.title ?? '',
      from: ones[0]?.guestsFrom ?? '',
      rows: ones,
    })),
  };
}

const keyOf = ({ guestsFrom, case: of, seat, role }: Seen): string | null =>
  guestsFrom === null ? null : JSON.stringify([of, guestsFrom.trim().toLowerCase(), seat, role]);
