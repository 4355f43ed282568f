/** The relay's commands, as one program. */
import { Command } from 'commander';
import { addBackup } from './backup.ts';
import { addCare } from './care.ts';
import { addConsole } from './console.ts';
import { addOrgs } from './orgs.ts';
import { addServe } from './serve.ts';
import { addSettings } from './settings.ts';
import { addStatus } from './status.ts';

export function makeProgram(): Command {
  const program = new Command('relay').description(
    'The relay: keeps and passes on sealed entries and chunks that it cannot read.',
  );
  for (const add of [addServe, addSettings, addOrgs, addStatus, addBackup, addCare, addConsole]) add(program);
  return program;
}
