/**
 * A status word: its text always, a small shape beside it, and when it came to be so. The text is the worker's, unchanged.
 */
import type { Word } from '../../shared/status/words.ts';
import { timeText, whenText } from './format.ts';

interface StatusProps {
  readonly word: Word;
  /** For the one word that a screen is about: changes are spoken, politely. */
  readonly live?: boolean;
  readonly onDeep?: boolean;
}

/** Some words end with their time themselves: `Up to date 14:02`. */
const TIMED = /\d\d:\d\d$/;

export function Status({ word, live, onDeep }: StatusProps) {
  return (
    <span
      className={onDeep === true ? 'word dark-ground' : 'word'}
      data-tone={word.tone}
      {...(live === true && { role: 'status' })}
    >
      <span className="shape" aria-hidden="true" />
      <span>
        <span className="text">{word.text}</span>
        {word.at !== undefined && !TIMED.test(word.text) && (
          <>
            {' '}
            <time dateTime={new Date(word.at).toISOString()} title={whenText(word.at)}>
              {timeText(word.at)}
            </time>
          </>
        )}
      </span>
    </span>
  );
}
