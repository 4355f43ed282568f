/** The commands about rule data: publishing a folder of it, and what was published. */
import path from 'node:path';
import type { Command } from 'commander';
import type { DirectoryState } from '../../../shared/seal/directory/directory.ts';
import type { Said } from './commandLine.ts';
import { onAuthority, said } from './onAuthority.ts';
import { publishRules } from '../rules.ts';

export function addRulesCommands(program: Command): void {
  const rules = program.command('rules').description('rule data: file standard, time limits, process, permissions');
  onAuthority(
    rules,
    'publish',
    'validate the rule data in a folder, sign it and publish it to every computer, partners\u2019 included',
    [{ flags: '--dir <folder>', says: 'folder that holds rules.json and the files it names', required: true }],
    async (authority, given) => {
      const done = await publishRules(authority, path.resolve(given.text('dir')));
      if (!done.ok) return done;
      const { name, edition, from, sha256, added } = done.value;
      const what = `${name}, edition ${edition}, SHA-256 ${sha256}.`;
      return said(
        done.value,
        added ? `Published: ${what}\nIn force from ${from}.` : `Published before, and the newest: ${what}`,
      );
    },
  );
  onAuthority(rules, 'show', 'list what was published, oldest first', [], async (authority) => {
    const shown = showRules(await authority.directory.state());
    return said(shown.json, shown.words);
  });
}

function showRules(state: DirectoryState): Said {
  const rules = state.rules.map(({ name, version, from, sha256, bytes, at }) => ({
    name,
    edition: version,
    from,
    sha256,
    bytes: bytes.length,
    published: new Date(at).toISOString(),
  }));
  const lines = rules.map(
    (r) => `${r.published}  ${r.name}, edition ${r.edition}, from ${r.from}, SHA-256 ${r.sha256}`,
  );
  const none = 'None yet: the rules that come with Joinder judge. Next: rules publish --dir FOLDER';
  return { json: { rules }, words: lines.join('\n') || none };
}
