/** What an act of the console is: who may do it, what it says before it is done, what it needs, and what came of it. */
import type { DatabaseSync } from 'node:sqlite';
import type { Result } from '../../../shared/primitives/result.ts';
import type { Millis } from '../../../shared/primitives/units.ts';
import type { Directories } from '../directories.ts';
import type { ConsoleRole } from './accounts.ts';
import type { JobName } from './jobs.ts';

export interface Doing {
  readonly db: DatabaseSync;
  readonly dir: string;
  readonly directories: Directories;
  readonly by: string;
  readonly now: Millis;
  readonly hasCopies: boolean;
  /** Begins a job; false where another is under way. */
  readonly begin: (job: JobName) => boolean;
}

/** What came of an act: the word to put down with its detail (null: nothing, a job does it at its end), and what to say. */
export interface Done {
  readonly act: string | null;
  readonly detail: Readonly<Record<string, unknown>>;
  readonly says: string;
}

type Fields = Readonly<Record<string, string>>;

interface FieldSpec {
  readonly name: string;
  readonly label: string;
  /** Words to choose from; left out: text. */
  readonly choices?: readonly string[];
  readonly usual: string;
}

export interface ConsoleAct {
  readonly title: string;
  readonly roles: readonly ConsoleRole[];
  /** The page it belongs to, and returns to. */
  readonly page: string;
  /** What will happen, before anybody confirms. `subject`: what it is about. */
  says(subject: string): readonly string[];
  /** What it is about, in words, where its id says nothing to a person; null: it is not there any more. */
  about?(doing: Doing, subject: string): string | null;
  readonly button: string;
  readonly fields?: readonly FieldSpec[];
  run(doing: Doing, subject: string, fields: Fields): Result<Done, string>;
}
