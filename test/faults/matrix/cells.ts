/**
 * Owns the cells of the matrix of faults: which part has which fault in the middle of which step, which of them make no
 * sense and why, and which CI runs. Pure.
 */
export const PARTS = ['application', 'relay', 'network', 'disk'] as const;
export const FAULTS = ['killed', 'stalled', 'slow', 'corrupting', 'full'] as const;
export const STEPS = ['import', 'upload', 'download', 'bundle'] as const;
export type Part = (typeof PARTS)[number];
export type Fault = (typeof FAULTS)[number];
export type Step = (typeof STEPS)[number];

export interface Cell {
  readonly part: Part;
  readonly fault: Fault;
  readonly step: Step;
}
/** Which half of carrying a bundle has the fault. */
export type Half = 'written' | 'read';

export const nameOf = ({ part, fault, step }: Cell): string => `${part} ${fault}, ${step}`;

export const CELLS: readonly Cell[] = STEPS.flatMap((step) =>
  PARTS.flatMap((part) => FAULTS.map((fault) => ({ part, fault, step }))),
);

/** Why a cell cannot be; null: it can. */
export function whyNot({ part, fault, step }: Cell): string | null {
  if (part === 'network' && fault === 'full')
    return 'A network keeps nothing, so it cannot be full; one with no room is slow.';
  const isLocal = step === 'import' || step === 'bundle';
  if (isLocal && fault === 'corrupting' && (part === 'network' || part === 'relay'))
    return 'Nothing of this step goes there, so there is nothing to corrupt.';
  if (part === 'application' && fault === 'corrupting' && step === 'upload')
    return 'Sending writes nothing on this computer that a power cut could tear.';
  return null;
}

export const isRun = (cell: Cell): boolean => whyNot(cell) === null;

/** One cell for each fault and step, the parts taking turns: what CI always runs. */
export const CORE: readonly Cell[] = STEPS.flatMap((step, s) =>
  FAULTS.flatMap((fault, f) => {
    const turns = PARTS.map((_, i) => PARTS[(s + f + i) % PARTS.length] as Part);
    return turns
      .map((part) => ({ part, fault, step }))
      .filter((cell) => touches(cell) && isRun(cell))
      .slice(0, 1);
  }),
);

/** Whether the part has a hand in the step; the rest of the cells show that a step does not need the part. */
function touches({ part, step }: Cell): boolean {
  return step === 'upload' || step === 'download' || part === 'application' || part === 'disk';
}

/** So many others, as the seed has it. */
export function sample(random: () => number, count: number): readonly Cell[] {
  const core = new Set(CORE.map(nameOf));
  return CELLS.filter((cell) => isRun(cell) && !core.has(nameOf(cell)))
    .map((cell) => ({ cell, at: random() }))
    .toSorted((a, b) => a.at - b.at)
    .slice(0, count)
    .map(({ cell }) => cell);
}
