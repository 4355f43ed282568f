/** The session and the engines that work on it: what calls and views are given. */
import type { Importing } from './cases/importing.ts';
import type { Moving } from './cases/moving.ts';
import type { Session } from './session.ts';

export interface Desktop {
  readonly session: Session;
  readonly moving: Moving;
  readonly importing: Importing;
}
