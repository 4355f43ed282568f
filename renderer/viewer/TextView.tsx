/**
 * A text: its first part at once, more on demand.
 */
import { useEffect, useState } from 'react';
import { MiB } from '../../shared/primitives/units.ts';
import { Button } from '../ui/Button.tsx';
import { sizeText } from '../ui/format.ts';
import { readStart } from './content.ts';
import { decodeText } from './decodeText.ts';
import type { ViewProps } from './viewProps.ts';

export function TextView({ content, onPainted, onWrong }: ViewProps) {
  const [length, setLength] = useState<number>(MiB);
  const [text, setText] = useState<string | null>(null);
  useEffect(() => {
    let gone = false;
    void readStart(content, length).then((read) => {
      if (gone) return undefined;
      return read.ok ? setText(decodeText(read.value)) : onWrong(read.cause);
    });
    return () => {
      gone = true;
    };
  }, [content, length, onWrong]);
  const shown = text !== null;
  useEffect(() => {
    // After the frame in which the text was drawn.
    if (!shown) return undefined;
    const frame = requestAnimationFrame(() => onPainted());
    return () => cancelAnimationFrame(frame);
  }, [shown, onPainted]);
  if (text === null) return <p role="status">Decrypting…</p>;
  return (
    <div className="text-view">
      {/* A long text is scrolled by keyboard: it takes the focus. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <pre tabIndex={0} aria-label={content.name} role="document">
        {text === '' ? 'This file is empty.' : text}
      </pre>
      {length < content.size && (
        <Button onPress={() => setLength(length * 4)}>
          Show more ({sizeText(length)} of {sizeText(content.size)} shown)
        </Button>
      )}
    </div>
  );
}
