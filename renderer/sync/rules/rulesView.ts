/** The rules of our own organisation and of each partner, as the screen shows them. */
import type { EditionRow, OrganisationRules } from '../../../shared/ipc/rules.ts';
import type { Hash, OrgId } from '../../../shared/primitives/ids.ts';
import { changesBetween } from '../../../shared/model/rules/changes.ts';
import { MANIFEST } from '../../../shared/model/rules/manifest.ts';
import { sentenceOf } from '../../../shared/model/rules/parts.ts';
import { inGeneral } from '../../../shared/model/rules/preflight/words.ts';
import type { RuleSet } from '../../../shared/model/rules/ruleSet.ts';
import type { Session } from '../session.ts';
import type { Standing } from './rules.ts';

const made = new WeakMap<Standing, OrganisationRules>();

export function rulesView({ rules, directories, orgName }: Session): readonly OrganisationRules[] {
  return [directories.own, ...directories.partners()].map((org) => {
    const standing = rules.of(org);
    const name = directories.nameOf(org, orgName);
    const known = made.get(standing);
    if (known?.org === name) return known;
    const row = rowOf(standing, name, org === directories.own);
    made.set(standing, row);
    return row;
  });
}

function rowOf(standing: Standing, org: string, own: boolean): OrganisationRules {
  const { set, edition, published, before, waiting, refused } = standing;
  const { rules, files } = changesBetween(before(), set);
  return {
    org,
    own,
    edition: editionRow(set, edition.sha256),
    published: published?.at ?? null,
    rules: set.rules.map(({ code, path, sentence, stages, source, verified }) => ({
      code,
      sentence: inGeneral(sentence, path),
      stages,
      source,
      verified,
    })),
    files: [...set.files].flatMap(([name, content]) => (name === MANIFEST ? [] : [{ name, title: titleOf(content) }])),
    changes: rules.map(({ is, rule: { code, path, sentence } }) => ({ is, code, sentence: inGeneral(sentence, path) })),
    changedFiles: files,
    waiting: waiting.map((one) => ({
      edition: editionRow(one.set, one.published.sha256),
      published: one.published.at,
    })),
    refused: refused.map(({ published: { name, version, sha256, at }, is, why }) => ({
      name,
      edition: version,
      sha256,
      published: at,
      is,
      why: why.map(sentenceOf),
    })),
  };
}

function editionRow({ manifest }: RuleSet, sha256: Hash): EditionRow {
  const { name, edition, organisation, from, to } = manifest;
  return { name, edition, organisation, from, to, sha256 };
}

const titleOf = (content: unknown): string =>
  typeof content === 'object' && content !== null && 'name' in content && typeof content.name === 'string'
    ? content.name
    : '';

/** Raises an alarm for each newer edition that is not taken, once. */
export function tellRefusedRules({ rules, directories, alarms }: Session): void {
  const tell = (org: OrgId): void => {
    const { edition, refused } = rules.of(org);
    for (const { published, is } of refused)
      alarms.rulesRefused(org, is, { sha256: published.sha256, edition: published.version, kept: edition.edition });
  };
  for (const org of [directories.own, ...directories.partners()]) tell(org);
}
