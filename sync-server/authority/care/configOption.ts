/** The option by which every command that reads settings is told of another file. */
import type { OptionSpec } from '../cli/commandLine.ts';

export const CONFIG_OPTION: OptionSpec = {
  flags: '--config <file>',
  says: 'the file of settings (docs/authority-config.md); left out: authority.toml in the data folder',
};
