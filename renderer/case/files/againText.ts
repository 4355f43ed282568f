/** The button that adds what was not added. Pure. */
export function againText(cancelled: boolean, lacking: number): string {
  if (cancelled) return 'Add the rest';
  return lacking === 1 ? 'Add it again' : 'Add them again';
}
