/** What every command on an authority shares: the data folder is opened, one act is done and its outcome put into words, and all is closed. */
import type { Command } from 'commander';
import type { Result } from '../../../shared/primitives/result.ts';
import { fail, ok } from '../../../shared/primitives/result.ts';
import { nodePlatform } from '../../common/node.ts';
import type { Authority } from '../authority.ts';
import { openAuthority } from '../authority.ts';
import type { Given, OptionSpec, Outcome, Said } from './commandLine.ts';
import { addCommand } from './commandLine.ts';
import type { CommandCause } from './sentences.ts';
import { sentence } from './sentences.ts';

export type Answer = Result<Said, CommandCause>;

export const said = (json: unknown, words: string): Answer => ok({ json, words });
export const inWords = (answer: Answer): Outcome => (answer.ok ? answer : fail(sentence(answer.cause)));

/** A command on an authority that exists. */
export function onAuthority(
  parent: Command,
  name: string,
  says: string,
  options: readonly OptionSpec[],
  act: (authority: Authority, given: Given) => Promise<Answer>,
): void {
  addCommand(parent, name, says, options, async (given) => {
    const authority = await openAuthority(nodePlatform, given.data);
    if (!authority.ok) return fail(sentence(authority.cause));
    try {
      return inWords(await act(authority.value, given));
    } finally {
      authority.value.store.close();
    }
  });
}
