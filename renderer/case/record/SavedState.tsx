/**
 * The word beside an editor. Tells only what the worker said of its journal.
 */
import type { SavedWord } from '../../worker/document.ts';

export const SavedState = ({ word }: { readonly word: SavedWord }) => (
  <span role="status" className="saved" data-word={word === 'Saved' ? 'saved' : 'going'}>
    {word}
  </span>
);
