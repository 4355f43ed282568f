/**
 * Shared measures: how both organisations build files together, counted from the same facts on either side, by month and by
 * the unit that sent. Every number can be counted again by hand from the log; a number that nothing is known of is absent.
 */
import type { Millis } from '../../../primitives/units.ts';
import type { Sample } from '../../facts/counted.ts';

export interface Measures {
  /** Packages released, and not withdrawn before anybody had them. */
  readonly released: number;
  /** Of the packages that answer no other: accepted or returned, and how many of them at the first time. */
  readonly decidedFirst: number;
  readonly acceptedFirst: number;
  readonly returned: number;
  /** Returns by code of the recorded reason; a return without one is under "other". */
  readonly reasons: Readonly<Record<string, number>>;
  /** Medians; null where there is none. */
  readonly toDelivered: Millis | null;
  readonly toOpened: Millis | null;
  readonly actionsRaised: number;
  readonly actionsAnswered: number;
  readonly actionsClosed: number;
  /** From raised to the first answer. */
  readonly turnaround: Millis | null;
}
/** YYYY-MM, by when the package was released or the action raised. */
interface OfMonth {
  readonly month: string;
}
interface OfUnit {
  readonly unit: string;
}
export type MeasuresRow = Measures & OfMonth & OfUnit;

/** The measures of some cases. A median of many is no median of medians: so each way of looking has its own. */
export interface AllMeasures {
  readonly all: Measures;
  readonly months: readonly (Measures & OfMonth)[];
  readonly units: readonly (Measures & OfUnit)[];
  /** For each month and unit. */
  readonly rows: readonly MeasuresRow[];
}

function median(values: readonly (Millis | null)[]): Millis | null {
  const known = values.filter((value) => value !== null).sort((a, b) => a - b);
  const [low, high] = [known[Math.floor((known.length - 1) / 2)], known[Math.floor(known.length / 2)]];
  return low === undefined || high === undefined ? null : Math.round((low + high) / 2);
}
function measure(samples: readonly Sample[]): Measures {
  const packages = samples.flatMap((one) => (one.of === 'package' ? [one] : []));
  const actions = samples.flatMap((one) => (one.of === 'action' ? [one] : []));
  const first = packages.filter((one) => one.first && one.decided !== null);
  const reasons: Record<string, number> = {};
  for (const code of packages.flatMap((one) => one.reasons)) reasons[code] = (reasons[code] ?? 0) + 1;
  return {
    released: packages.length,
    decidedFirst: first.length,
    acceptedFirst: first.filter(({ decided }) => decided === 'accepted').length,
    returned: packages.filter(({ decided }) => decided === 'returned').length,
    reasons,
    toDelivered: median(packages.map(({ toDelivered }) => toDelivered)),
    toOpened: median(packages.map(({ toOpened }) => toOpened)),
    actionsRaised: actions.length,
    actionsAnswered: actions.filter(({ toAnswer }) => toAnswer !== null).length,
    actionsClosed: actions.filter(({ closed }) => closed).length,
    turnaround: median(actions.map(({ toAnswer }) => toAnswer)),
  };
}

/** Samples that agree in some words, measured together; in the order of these words. */
function measuredBy<Key extends object>(
  samples: readonly Sample[],
  keyOf: (sample: Sample) => Key,
): readonly (Measures & Key)[] {
  const groups = new Map<string, { readonly key: Key; readonly samples: Sample[] }>();
  for (const sample of samples) {
    const key = keyOf(sample);
    const name = JSON.stringify(Object.values(key));
    const group = groups.get(name) ?? { key, samples: [] };
    groups.set(name, group);
    group.samples.push(sample);
  }
  return [...groups]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, group]) => ({ ...group.key, ...measure(group.samples) }));
}

/** The measures of what is counted: all in all, by month, by unit, and by both. */
export const measures = (samples: readonly Sample[]): AllMeasures => ({
  all: measure(samples),
  months: measuredBy(samples, ({ month }) => ({ month })),
  units: measuredBy(samples, ({ unit }) => ({ unit })),
  rows: measuredBy(samples, ({ month, unit }) => ({ month, unit })),
});
