/**
 * What is no longer as it was when it was signed: the first of it, and how much more.
 */
import { countText } from '../../../ui/format.ts';

const MOST = 5;

interface ChangesProps {
  readonly title: string;
  readonly sentences: readonly string[];
}

export function Changes({ title, sentences }: ChangesProps) {
  if (sentences.length === 0) return null;
  const more = sentences.length - MOST;
  return (
    <div className="needs small">
      <p>{title}</p>
      <ul className="bullets">
        {sentences.slice(0, MOST).map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
        {more > 0 && <li>{countText(more, 'more change')}</li>}
      </ul>
    </div>
  );
}
