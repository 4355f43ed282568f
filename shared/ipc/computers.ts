/** What a window is shown of the computers of one's organisation, and what it may ask of the authority about them. */
import type { DeviceId, PersonId } from '../primitives/ids.ts';
import type { Result } from '../primitives/result.ts';
import type { Millis } from '../primitives/units.ts';
import type { DeviceAnswer, DeviceAskBody } from '../wire/deviceAsk.ts';
import type { EnrolCause } from '../wire/askAuthority.ts';

export interface ComputerRow {
  readonly device: DeviceId;
  readonly name: string;
  readonly person: PersonId;
  readonly personName: string;
  /** By the authority's clock. */
  readonly joined: Millis;
  /** When it was shut out; null: it stands. */
  readonly ended: Millis | null;
  readonly isMine: boolean;
  readonly isThis: boolean;
}

export interface ComputersView {
  /** The newest first. */
  readonly computers: readonly ComputerRow[];
  readonly me: PersonId;
  /** What is typed in on a new computer. */
  readonly relay: string;
  /** Everybody who may have computers, by name. */
  readonly people: readonly { readonly person: PersonId; readonly name: string }[];
}

/** What a window asks: all but a lease, which is the vault's. */
export type ComputerAsk = Exclude<DeviceAskBody, { do: 'lease' }>;
export type ComputerAnswer = Result<DeviceAnswer, EnrolCause>;
