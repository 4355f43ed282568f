/** `relay init` and `relay config …`: the file of settings, written, checked, shown. */
import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Command } from 'commander';
import { CommandFailure } from '../../common/options.ts';
import { nodePlatform } from '../../common/node.ts';
import { commentedFile, printed, referencePage } from '../../common/config/pages.ts';
import { namesOf } from '../../common/config/table.ts';
import { RELAY_SETTINGS } from '../config/schema.ts';
import { holdFolder } from '../folder.ts';
import { openKeys } from '../keys.ts';
import type { Common } from './common.ts';
import { act, answer, common, dataOf, settingsOf, withStore } from './common.ts';
import { WHY_NOT } from './serve.ts';

export function addSettings(program: Command): void {
  common(program.command('init'))
    .description('make a data folder with its key, and a file of settings with every setting commented')
    .action(init);
  const config = program.command('config').description('the settings in force');
  common(config.command('check')).description('say what is wrong with them').action(check);
  common(config.command('print'))
    .description('show them, and where each is from')
    .option('--redacted', 'leave out secrets')
    .action(print);
  config
    .command('reference')
    .description('the reference page, as docs/relay-config.md')
    .action(() => void process.stdout.write(referencePage(RELAY_SETTINGS)));
}

async function init(options: Common): Promise<void> {
  const file = options.config ?? (options.data === undefined ? undefined : path.join(options.data, 'relay.toml'));
  const isThere = file !== undefined && existsSync(file);
  const { dir } = dataOf(isThere ? options : options.data === undefined ? {} : { data: options.data });
  const hold = holdFolder(dir);
  if (!hold.ok) throw new CommandFailure(WHY_NOT[hold.cause]);
  try {
    await withStore(
      dir,
      async (db) => {
        const keys = await openKeys(nodePlatform, dir, db);
        if (!keys.ok) throw new CommandFailure(WHY_NOT[keys.cause]);
        if (file !== undefined && !isThere)
          writeFileSync(file, commentedFile(RELAY_SETTINGS, path.resolve(dir)), { mode: 0o600 });
        await act(dir, db, 'init');
      },
      true,
    );
  } finally {
    hold.value.release();
  }
  answer(options.json, { data: dir, config: file ?? null, written: !isThere }, () => [
    `Data folder: ${dir}`,
    ...(file === undefined ? [] : [`Settings: ${file}${isThere ? ' (was there, left as it was)' : ''}`]),
    'Copy its relay.key to a safe, once. Then: relay org add --authority CARD, and relay serve.',
  ]);
}

function check(options: Common): void {
  const { file } = settingsOf(options);
  answer(options.json, { ok: true, file, settings: namesOf(RELAY_SETTINGS).length }, () => [
    `In order${file === null ? '; no file was read' : `: ${file}`}.`,
  ]);
}

function print(options: Common & { readonly redacted?: boolean }): void {
  const loaded = settingsOf(options);
  const settings = printed(RELAY_SETTINGS, loaded, options.redacted === true);
  answer(options.json, { file: loaded.file, settings }, () =>
    settings.map(({ name, value, from }) => `${name} = ${value ?? 'off'}  (${from})`),
  );
}
