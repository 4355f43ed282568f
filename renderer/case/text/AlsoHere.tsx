/**
 * Who else has this document open now. Names are those that the worker proved.
 */
import { useEffect, useState } from 'react';
import type { Awareness } from 'y-protocols/awareness';

function namesIn(awareness: Awareness): readonly string[] {
  const names = [...awareness.getStates()]
    .filter(([client]) => client !== awareness.clientID)
    .map(([, state]) => (state['user'] as { readonly name?: unknown } | undefined)?.name)
    .filter((name) => typeof name === 'string');
  return [...new Set(names)].sort();
}

export function AlsoHere({ awareness }: { readonly awareness: Awareness }) {
  const [names, setNames] = useState<readonly string[]>([]);
  useEffect(() => {
    const look = (): void =>
      setNames((before) => {
        const now = namesIn(awareness);
        return now.join('\n') === before.join('\n') ? before : now;
      });
    awareness.on('change', look);
    look();
    return () => awareness.off('change', look);
  }, [awareness]);
  return (
    <span role="status" className="also-here">
      {names.length > 0 && `Also here: ${names.join(', ')}`}
    </span>
  );
}
