/**
 * What every field of an open record needs: where it writes, as whom, and whom it tells that something is being typed.
 */
import { createContext } from 'react';
import type { Root } from '../../shared/model/register.ts';

interface RecordPlace {
  readonly root: Root;
  /** The document's client id: its own claims are never a surprise to their writer. */
  readonly client: number;
  readonly name: string;
  readonly mayWrite: boolean;
  readonly onTyping: (path: string, is: boolean) => void;
}

export const RecordContext = createContext<RecordPlace | null>(null);
