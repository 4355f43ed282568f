/** What one permission table lets people do that another does not, as sentences: nothing is left out. */
import { STAGE_WORDS } from '../../formats/stages.ts';
import type { PermissionRule, PermissionTable } from './table.ts';

const stageName = (stage: string): string =>
  Object.hasOwn(STAGE_WORDS, stage) ? STAGE_WORDS[stage as keyof typeof STAGE_WORDS].name : stage;

const ONLY = {
  'asked for it': 'who asked for it',
  'holds the case': 'who holds the case',
  'same organisation': 'of the same organisation',
  'named by it': 'who is named',
} as const;

function says({ allow, not, while: when }: PermissionRule): string {
  const who = allow.map(({ roles, stages, only }) => {
    const at = stages === 'every' ? '' : ` at ${stages.map(stageName).join(' or ')}`;
    return `${roles.join(' or ')}${only === undefined ? '' : `, only ${ONLY[only]}`}${at}`;
  });
  const never = not.map((relation) => `never ${ONLY[relation]}`);
  return [
    ...who,
    ...never,
    ...(when === 'any' ? ['also once the case is closed'] : when === 'closed' ? ['once the case is closed'] : []),
  ].join('; ');
}

/** In the order of the acts; none: the two let everybody do the same. */
export function comparePermissions(old: PermissionTable, fresh: PermissionTable): readonly string[] {
  const acts = [...new Set([...Object.keys(old.actions), ...Object.keys(fresh.actions)])];
  return acts.flatMap((act) => {
    const [was, is] = [old.actions[act], fresh.actions[act]];
    const [before, after] = [was ? says(was) : 'nobody', is ? says(is) : 'nobody'];
    return before === after ? [] : [`${(is ?? was)?.title ?? act}: was \u201c${before}\u201d, is \u201c${after}\u201d`];
  });
}
