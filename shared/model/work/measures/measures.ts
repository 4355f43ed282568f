/**
 * Shared measures: how both organisations build files together, counted from the same facts on either side, by month and by
 * the unit that sent. Every number can be counted again by hand from the log; a number that nothing is known of is absent.
 */
import type { Millis } from '../../../primitives/units.ts';
import type { PackageState } from '../../foldPackage.ts';
import { deliveredAt, openedAt } from '../../snapshot/ofFacts.ts';
import type { ActionState, WorkState } from '../state.ts';

export interface Measured {
  readonly packages: readonly PackageState[];
  readonly work: WorkState;
}

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

/** The unit of a post, as a directory writes it after the post's title. */
export const unitOf = (post: string): string => post.slice(post.lastIndexOf(',') + 1).trim();

const REASON_NOT_RECORDED = 'other';

interface Sample {
  readonly month: string;
  readonly unit: string;
  readonly package?: PackageState;
  readonly action?: ActionState;
}

/** Everything that is counted, each with its month and unit. `dayAt`: the day of a moment where it is counted. */
function samplesOf(cases: readonly Measured[], dayAt: (at: Millis) => string): readonly Sample[] {
  return cases.flatMap(({ packages, work }): Sample[] => {
    const [first] = [...packages].sort((a, b) => a.content.at - b.content.at);
    const unit = first ? unitOf(first.content.from.post) : '';
    return [
      ...packages.map((one) => ({
        month: dayAt(one.content.at).slice(0, 7),
        unit: unitOf(one.content.from.post),
        package: one,
      })),
      ...work.actions.map((action) => ({ month: dayAt(action.raised.at).slice(0, 7), unit, action })),
    ];
  });
}

function median(values: readonly (Millis | null)[]): Millis | null {
  const known = values.filter((value) => value !== null).sort((a, b) => a - b);
  const [low, high] = [known[Math.floor((known.length - 1) / 2)], known[Math.floor(known.length / 2)]];
  return low === undefined || high === undefined ? null : Math.round((low + high) / 2);
}
/** Never below nothing: a file may be opened before the last of its package has come. */
const between = (from: Millis | null, to: Millis | null): Millis | null =>
  from === null || to === null ? null : Math.max(0, to - from);

function measure(samples: readonly Sample[]): Measures {
  const packages = samples.flatMap(({ package: one }) => (one && !one.withdrawn?.beforeDelivery ? [one] : []));
  const actions = samples.flatMap(({ action }) => (action ? [action] : []));
  const first = packages.filter(({ content, decided }) => content.answers === null && decided !== null);
  const returns = packages.flatMap(({ decided }) => (decided?.is === 'returned' ? [decided] : []));
  const reasons: Record<string, number> = {};
  for (const { reasons: codes } of returns)
    for (const code of codes.length > 0 ? new Set(codes) : [REASON_NOT_RECORDED])
      reasons[code] = (reasons[code] ?? 0) + 1;
  return {
    released: packages.length,
    decidedFirst: first.length,
    acceptedFirst: first.filter(({ decided }) => decided?.is === 'accepted').length,
    returned: returns.length,
    reasons,
    toDelivered: median(packages.map((one) => between(one.content.at, deliveredAt(one)))),
    toOpened: median(packages.map((one) => between(deliveredAt(one), openedAt(one)))),
    actionsRaised: actions.length,
    actionsAnswered: actions.filter(({ answers }) => answers.length > 0).length,
    actionsClosed: actions.filter(({ closed }) => closed !== null).length,
    turnaround: median(actions.map(({ raised, answers }) => between(raised.at, answers[0]?.at ?? null))),
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

/** The measures of some cases: all in all, by month, by unit, and by both. */
export function measures(cases: readonly Measured[], dayAt: (at: Millis) => string): AllMeasures {
  const samples = samplesOf(cases, dayAt);
  return {
    all: measure(samples),
    months: measuredBy(samples, ({ month }) => ({ month })),
    units: measuredBy(samples, ({ unit }) => ({ unit })),
    rows: measuredBy(samples, ({ month, unit }) => ({ month, unit })),
  };
}
