/** What changed between two versions of a sharing agreement, as sentences for its change log: nothing is left out. */
import type { Agreement } from './schema.ts';

export interface Change {
  readonly is: 'added' | 'removed' | 'changed';
  /** Which part of the agreement. */
  readonly part: string;
  readonly sentence: string;
}

/** How the entries of a list are told apart and how each reads. */
interface ListPart<K extends keyof Agreement, T> {
  readonly key: K;
  readonly part: string;
  readonly idOf: (one: T) => string;
  readonly nameOf: (one: T) => string;
  readonly says: (one: T) => string;
}
type Entry<K extends keyof Agreement> = Agreement[K] extends (infer T)[] ? T : never;
const list = <K extends keyof Agreement>(part: ListPart<K, Entry<K>>) => part;

const sourced = ({ source, verified }: { source: string; verified: boolean }): string =>
  `source: ${source}${verified ? '' : ' (not verified)'}`;
const months = (n: number | null): string =>
  n === null ? 'no date of review' : `reviewed after ${n} ${n === 1 ? 'month' : 'months'}`;

const partsOf = (stepName: (step: string) => string) => [
  list({
    key: 'parties',
    part: 'Parties',
    idOf: ({ org, name }) => org ?? name,
    nameOf: ({ name }) => name,
    says: ({ name, side, controller }) => `${name}, ${side}; ${controller}`,
  }),
  list({
    key: 'basis',
    part: 'Lawful basis',
    idOf: ({ text }) => text,
    nameOf: ({ text }) => text,
    says: sourced,
  }),
  list({ key: 'purposes', part: 'Purposes', idOf: (text) => text, nameOf: (text) => text, says: (text) => text }),
  list({
    key: 'responsibilities',
    part: 'Responsibilities',
    idOf: ({ step }) => step,
    nameOf: ({ step }) => stepName(step),
    says: ({ side, roles, note }) => [side, roles.join(' or '), note].filter((one) => one !== '').join('; '),
  }),
  list({
    key: 'markings',
    part: 'Marking',
    idOf: ({ marking }) => marking,
    nameOf: ({ marking }) => marking,
    says: ({ rule, vetting = [], ...from }) =>
      [rule, vetting.length === 0 ? '' : `vetting ${vetting.join(' or ')}`, sourced(from)]
        .filter((one) => one !== '')
        .join('; '),
  }),
  list({
    key: 'retention',
    part: 'Retention',
    idOf: ({ code }) => code,
    nameOf: ({ title }) => title,
    says: ({ title, keep, reviewAfter, ...from }) => `${title}: ${keep}; ${months(reviewAfter)}; ${sourced(from)}`,
  }),
];

function compareList<K extends keyof Agreement>(
  { key, part, idOf, nameOf, says }: ListPart<K, Entry<K>>,
  old: Agreement,
  fresh: Agreement,
): Change[] {
  const before = new Map((old[key] as Entry<K>[]).map((one) => [idOf(one), one]));
  const after = new Map((fresh[key] as Entry<K>[]).map((one) => [idOf(one), one]));
  const added = [...after].filter(([id]) => !before.has(id)).map(([, one]) => one);
  const removed = [...before].filter(([id]) => !after.has(id)).map(([, one]) => one);
  const changed = [...after].flatMap(([id, one]) => {
    const was = before.get(id);
    return was !== undefined && says(was) !== says(one) ? [{ was, one }] : [];
  });
  return [
    ...added.map((one) => ({ is: 'added' as const, part, sentence: sentence(nameOf(one), says(one)) })),
    ...removed.map((one) => ({ is: 'removed' as const, part, sentence: sentence(nameOf(one), says(one)) })),
    ...changed.map(({ was, one }) => ({
      is: 'changed' as const,
      part,
      sentence: `${nameOf(one)}: was \u201c${says(was)}\u201d, is \u201c${says(one)}\u201d`,
    })),
  ];
}
const sentence = (name: string, says: string): string => (says === name ? name : `${name}: ${says}`);

const SINGLE = {
  name: 'Name',
  effective: 'In effect from',
  review: 'To be reviewed by',
  permissions: 'Permissions',
  rules: 'Rules',
} as const;

function written(value: Agreement[keyof typeof SINGLE]): string {
  if (value === null) return 'none';
  return typeof value === 'string'
    ? value
    : `${value.name}, ${value.version} (SHA-256 ${value.sha256.slice(0, 16)}\u2026)`;
}

/** Everything that changed from one version to another, in the order of the agreement. `stepName`: what a step is called. */
export function compareAgreements(
  old: Agreement,
  fresh: Agreement,
  stepName: (step: string) => string = (step) => step,
): readonly Change[] {
  const single = (Object.keys(SINGLE) as (keyof typeof SINGLE)[]).flatMap((key): Change[] => {
    if (JSON.stringify(old[key]) === JSON.stringify(fresh[key])) return [];
    const from = written(old[key]);
    return [
      { is: 'changed', part: SINGLE[key], sentence: `was \u201c${from}\u201d, is \u201c${written(fresh[key])}\u201d` },
    ];
  });
  const lists = partsOf(stepName).flatMap((part) => compareList(part as ListPart<keyof Agreement, never>, old, fresh));
  return [...single, ...lists];
}
