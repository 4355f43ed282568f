/**
 * A picture: decrypted into memory, shown whole or at its own size.
 */
import { useEffect, useState } from 'react';
import { Button } from '../ui/Button.tsx';
import { readStart } from './content.ts';
import type { ViewProps } from './viewProps.ts';

export function ImageView({ content, onPainted, onWrong }: ViewProps) {
  const [url, setUrl] = useState<string | null>(null);
  const [whole, setWhole] = useState(true);
  useEffect(() => {
    let gone = false;
    let made: string | null = null;
    void readStart(content, content.size).then((read) => {
      if (gone) return undefined;
      if (!read.ok) return onWrong(read.cause);
      made = URL.createObjectURL(new Blob([read.value], { type: content.type }));
      return setUrl(made);
    });
    return () => {
      gone = true;
      if (made !== null) URL.revokeObjectURL(made);
    };
  }, [content, onWrong]);
  if (url === null) return <p role="status">Decrypting…</p>;
  return (
    <figure className={whole ? 'picture whole' : 'picture'}>
      <img
        src={url}
        alt={content.name}
        onLoad={onPainted}
        onError={() =>
          onWrong(
            'The picture cannot be decoded: it may be damaged or of another kind than its name says. Export it to look at it elsewhere.',
          )
        }
      />
      <figcaption>
        <Button small pressed={!whole} onPress={() => setWhole(!whole)}>
          Own size
        </Button>
      </figcaption>
    </figure>
  );
}
