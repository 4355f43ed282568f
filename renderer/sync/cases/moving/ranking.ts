/**
 * In which order files move: what a person put first, then the more urgent, then small before large, then first come, and
 * fair between cases. Pure.
 */
import type { Wanted } from '../../../../shared/ipc/evidence.ts';
import type { ByteCount, Millis } from '../../../../shared/primitives/units.ts';

/** The more urgent first. */
export const URGENCY_RANK = { custody: 0, urgent: 1, routine: 2 } as const;

export interface Due {
  readonly first: boolean;
  /** 0 before 1. */
  readonly urgency: number;
  readonly case: string;
  readonly size: ByteCount;
  /** Since when it is due. */
  readonly at: Millis;
}

/**
 * The place of each. Fair means that cases take turns by bytes: a file's turn comes when its case would have moved it, had
 * each case its share of the link from the start. So a film of one case holds up no note of another, and ten thousand notes
 * hold up no other case's ten.
 */
export function rank(files: readonly Due[]): number[] {
  const group = (file: Due): number => (file.first ? -1 : file.urgency);
  const inTurn = files
    .map((file, index) => ({ file, index }))
    .toSorted(
      (a, b) =>
        group(a.file) - group(b.file) || a.file.size - b.file.size || a.file.at - b.file.at || a.index - b.index,
    );
  const moved = new Map<string, ByteCount>();
  const due = inTurn.map((one) => {
    const share = `${group(one.file)} ${one.file.case}`;
    // An empty file takes a turn as well.
    const until = (moved.get(share) ?? 0) + Math.max(1, one.file.size);
    moved.set(share, until);
    return { ...one, until };
  });
  const places: number[] = [];
  due
    .toSorted(
      (a, b) => group(a.file) - group(b.file) || a.until - b.until || a.file.at - b.file.at || a.index - b.index,
    )
    .forEach(({ index }, place) => (places[index] = place));
  return places;
}

/** What is wanted, and what its place in line follows from. */
export interface InLine {
  readonly wanted: Omit<Wanted, 'rank'>;
  readonly due: Due;
}

export function inLine(all: readonly InLine[]): Wanted[] {
  const places = rank(all.map(({ due }) => due));
  return all.map(({ wanted }, i) => ({ ...wanted, rank: places[i] ?? i }));
}
