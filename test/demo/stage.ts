/** What the story is played with, and the words that its acts share. */
import type { Actor } from '../e2e/actors.ts';
import type { FaultProxy } from '../support/faultProxy.ts';
import type { Servers } from '../support/servers.ts';
import type { Input } from './input.ts';
import type { Recorder } from './record.ts';

export const TITLE = 'R v Ashdown';
export const POST = 'Charging lawyer';
export const MINUTES = 60_000;

export interface Stage {
  readonly dir: string;
  readonly input: Input;
  readonly officer: Actor;
  readonly prosecutor: Actor;
  readonly cables: { readonly officer: FaultProxy; readonly prosecutor: FaultProxy };
  readonly record: Recorder;
  readonly servers: Servers;
}

export interface Skipped {
  readonly name: string;
  readonly why: string;
}

export interface TakenOut {
  readonly name: string;
  readonly sha256: string;
}
