/**
 * What was done to many rows of an open record, and the way back: each act is one update of the record and one Undo. The
 * sentence of the last stays in sight until there is another. Knows nothing of fields that are typed in: they have an
 * Undo of their own.
 */
import { useState } from 'react';
import type { Root } from '../../../shared/model/register.ts';
import type { Step } from '../../../shared/model/undo.ts';
import { asStep, undoStep } from '../../../shared/model/undo.ts';
import { countText } from '../../ui/format.ts';
import { authorNow } from './useRecord.ts';

interface Act {
  readonly says: string;
  readonly step: Step;
}

export interface Acts {
  /** Does it; `says`: what was done, as a sentence without its stop. */
  readonly run: (says: string, change: () => void) => void;
  readonly said: string | null;
  readonly undo: (() => void) | null;
  readonly redo: (() => void) | null;
}

interface Past {
  readonly done: readonly Act[];
  readonly undone: readonly Act[];
  readonly said: string | null;
}

const MOST = 50;

export function useActs(root: Root, name: string): Acts {
  const [{ done, undone, said }, setPast] = useState<Past>({ done: [], undone: [], said: null });
  const last = done.at(-1);
  const next = undone.at(-1);
  const back = ({ says, step }: Act): { readonly act: Act; readonly more: string } => {
    const { redo, kept } = undoStep(root, step, authorNow(name));
    const more = kept === 0 ? '' : `. ${countText(kept, 'field')} that somebody changed meanwhile stayed as it is`;
    return { act: { says, step: redo }, more };
  };
  return {
    run: (says, change) => {
      const step = asStep(root, change);
      if (step.length > 0) setPast({ done: [...done.slice(1 - MOST), { says, step }], undone: [], said: says });
    },
    said,
    undo: last
      ? () => {
          const { act, more } = back(last);
          setPast({ done: done.slice(0, -1), undone: [...undone, act], said: `Taken back: ${last.says}${more}` });
        }
      : null,
    redo: next
      ? () => {
          const { act, more } = back(next);
          setPast({ done: [...done, act], undone: undone.slice(0, -1), said: `Done again: ${next.says}${more}` });
        }
      : null,
  };
}
