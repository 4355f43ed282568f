/** How often a document has changed since it was first asked for here: what was computed from an earlier count is stale. */
import type * as Y from 'yjs';

const changes = new WeakMap<Y.Doc, { count: number }>();

export function changesOf(doc: Y.Doc): number {
  const known = changes.get(doc);
  if (known) return known.count;
  const fresh = { count: 0 };
  changes.set(doc, fresh);
  doc.on('update', () => fresh.count++);
  return 0;
}
