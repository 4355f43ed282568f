/**
 * The order in which findings are mended: part of the case by part, in the order of the navigation, and the lists
 * in their order and what belongs to one row together. Within that the order of the rules.
 */
import type { CheckView } from '../../../shared/ipc/check.ts';
import type { Finding } from '../../../shared/model/rules/preflight/preflight.ts';
import { LIST_NAMES } from '../../../shared/model/formats/index.ts';
import type { Section } from '../../state/sections.ts';
import { SECTIONS } from '../../state/sections.ts';
import { sectionOf } from './places.ts';

type Hints = CheckView['hints'];

export interface Part {
  readonly section: Section;
  readonly title: string;
  readonly findings: readonly Finding[];
}

const rowOf = (path: string): string =>
  path
    .split('/')
    .slice(0, path.startsWith('case/') ? 1 : 2)
    .join('/');

/** Those of one key together, where the first of them stands. */
function together(findings: readonly Finding[], keyOf: (finding: Finding) => string): readonly Finding[][] {
  const by = new Map<string, Finding[]>();
  for (const finding of findings) by.set(keyOf(finding), [...(by.get(keyOf(finding)) ?? []), finding]);
  return [...by.values()];
}

const LISTS_IN_ORDER: readonly string[] = LIST_NAMES;
const listOf = ({ mend }: Finding): number => LISTS_IN_ORDER.indexOf(mend.split('/')[0] ?? '');

const rowsTogether = (findings: readonly Finding[]): readonly Finding[] =>
  [...together(findings, ({ mend }) => rowOf(mend))]
    .sort(([a], [b]) => (a && b ? listOf(a) - listOf(b) : 0))
    .flatMap((row) => together(row, ({ mend }) => mend).flat());

const placeOf = ({ mend }: Finding, hints: Hints): Section =>
  hints[mend]?.place === 'sensitive material' ? 'sensitive' : sectionOf(mend);

/** Only parts with findings. `hints`: where each is mended. */
export const partsOf = (findings: readonly Finding[], hints: Hints = {}): readonly Part[] =>
  SECTIONS.map(({ id, title }) => ({
    section: id,
    title,
    findings: rowsTogether(findings.filter((one) => placeOf(one, hints) === id)),
  })).filter((part) => part.findings.length > 0);
