/**
 * A field's draft on the screen: set a moment after the typing stops, when the field is left, or when its screen goes.
 */
import { useContext, useEffect, useLayoutEffect, useReducer, useRef, useState } from 'react';
import type { FieldValue } from '../../../shared/model/record.ts';
import { setField } from '../../../shared/model/register.ts';
import { Draft } from './draft.ts';
import { RecordContext } from './recordContext.ts';
import { authorNow } from './useRecord.ts';

const SET_AFTER = 500;

interface Drafting {
  readonly shown: string;
  /** Typed and not set: yet, or because it cannot be. */
  readonly isPending: boolean;
  readonly type: (text: string) => void;
  readonly settle: () => void;
}

export function useDraft(value: FieldValue): Drafting {
  const place = useContext(RecordContext);
  const { path, field } = value;
  const [draft] = useState(
    () =>
      new Draft(field, (kept, saw) => place !== null && setField(place.root, path, kept, authorNow(place.name), saw)),
  );
  const [, draw] = useReducer((count: number) => count + 1, 0);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const after = (act: () => void): void => {
    clearTimeout(timer.current);
    act();
    draw();
    place?.onTyping(path, draft.isPending);
  };
  // Of layout, because the document is closed by an effect: this comes before it.
  useLayoutEffect(() => {
    const set = (): void => void draft.set();
    window.addEventListener('pagehide', set);
    return () => {
      window.removeEventListener('pagehide', set);
      set();
    };
  }, [draft]);
  useEffect(() => () => clearTimeout(timer.current), []);
  return {
    shown: draft.shown(value.values[0]?.value ?? ''),
    isPending: draft.isPending,
    type: (text) => {
      after(() => draft.type(text, value.values));
      timer.current = setTimeout(() => after(() => draft.set()), SET_AFTER);
    },
    settle: () => after(() => draft.settle()),
  };
}
