/**
 * One click opens a row. Who is used to two makes a second at once, which would meet whatever the next screen has in that
 * place: this takes it away.
 */
const SECOND_WITHIN_MS = 500; // the double click of every desktop, as it comes
const SAME_PLACE_PX = 6;
const KINDS = ['pointerdown', 'pointerup', 'mousedown', 'mouseup', 'click', 'dblclick'] as const;

/** `open` is called at once; a second click in the same place, soon after, does nothing. */
export function openOnce({ clientX, clientY, timeStamp }: MouseEvent, open: () => void): void {
  const take = (event: Event): void => {
    const { clientX: x, clientY: y, timeStamp: then } = event as MouseEvent;
    const isSecond = then - timeStamp < SECOND_WITHIN_MS && Math.hypot(x - clientX, y - clientY) <= SAME_PLACE_PX;
    if (!isSecond) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  };
  for (const kind of KINDS) window.addEventListener(kind, take, { capture: true });
  setTimeout(() => {
    for (const kind of KINDS) window.removeEventListener(kind, take, { capture: true });
  }, SECOND_WITHIN_MS);
  open();
}
