/** `authority config …` and `authority doctor`: its settings, checked and shown; and whether all is well. */
import type { Command } from 'commander';
import { fail, ok } from '../../../shared/primitives/result.ts';
import { printed, referencePage } from '../../common/config/pages.ts';
import { MISUSE, NOT_WELL } from '../../common/options.ts';
import type { Given, Outcome } from '../cli/commandLine.ts';
import { addCommand } from '../cli/commandLine.ts';
import { onAuthority, said } from '../cli/onAuthority.ts';
import { examine } from './doctor.ts';
import { CONFIG_OPTION } from './configOption.ts';
import { AUTHORITY_SETTINGS, loadAuthority, signInOf } from './settings.ts';

export function addCareCommands(program: Command): void {
  const config = program.command('config').description('the settings in force');
  addCommand(config, 'check', 'say what is wrong with them', [CONFIG_OPTION], (given) => Promise.resolve(check(given)));
  addCommand(
    config,
    'print',
    'show them, and where each is from',
    [CONFIG_OPTION, { flags: '--redacted', says: 'leave out secrets' }],
    (given) => Promise.resolve(print(given)),
  );
  config
    .command('reference')
    .description('the reference page, as docs/authority-config.md')
    .action(() => void process.stdout.write(referencePage(AUTHORITY_SETTINGS)));
  onAuthority(
    program,
    'doctor',
    'look over everything, and say what to do; exit code 3 where something is not well',
    [CONFIG_OPTION],
    async (authority, given) => {
      const loaded = loadAuthority(given.data, given.optional('config'));
      const relay = loaded.ok ? loaded.value.config['relay.url'] : '';
      const signIn = loaded.ok ? signInOf(loaded.value.config) : loaded;
      const found = await examine(authority, given.data, relay, signIn.ok ? signIn.value : null);
      const settings = loaded.ok ? [] : [{ ok: false, what: loaded.cause, next: 'Mend them.' }];
      const findings = [...settings, ...found];
      const isWell = findings.every((one) => one.ok);
      if (!isWell) process.exitCode = NOT_WELL;
      const lines = findings.map((one) => (one.ok ? `ok    ${one.what}` : `SEE   ${one.what} ${one.next ?? ''}`));
      return said({ ok: isWell, findings }, lines.join('\n'));
    },
  );
}

function check(given: Given): Outcome {
  const loaded = loadAuthority(given.data, given.optional('config'));
  if (!loaded.ok) {
    process.exitCode = MISUSE;
    return loaded;
  }
  const { file } = loaded.value;
  return ok({ json: { ok: true, file }, words: `In order${file === null ? '; no file was read' : `: ${file}`}.` });
}

function print(given: Given): Outcome {
  const loaded = loadAuthority(given.data, given.optional('config'));
  if (!loaded.ok) return fail(loaded.cause);
  const settings = printed(AUTHORITY_SETTINGS, loaded.value, given.has('redacted'));
  const words = settings.map(({ name, value, from }) => `${name} = ${String(value)}  (${from})`).join('\n');
  return ok({ json: { file: loaded.value.file, settings }, words });
}
