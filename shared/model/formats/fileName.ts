/** What the name of a file says: its ending, by which systems that take files in tell types apart. */

/** What a name ends in after its last dot, in small letters; empty where it has no ending. */
export function endingOf(name: string): string {
  const dot = name.lastIndexOf('.');
  return dot > name.lastIndexOf('/') + 1 ? name.slice(dot + 1).toLowerCase() : '';
}
