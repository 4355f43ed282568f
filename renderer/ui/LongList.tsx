/**
 * A list of cards as long as it likes: every card has its place in the page, and only those in sight, or nearly, are drawn
 * in it. It scrolls with whatever scrolls around it, or by itself. What is typed in a card would be lost when the card
 * leaves the sight: whoever types opens a dialog.
 */
import { useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { ReactNode } from 'react';

interface LongListProps<T> {
  readonly label: string;
  readonly items: readonly T[];
  readonly keyOf: (item: T) => string;
  /** How a card is called. */
  readonly nameOf?: (item: T) => string;
  /** How high one is, about. */
  readonly height: number;
  /** It scrolls by itself, as its class says; else with the page. */
  readonly scrolls?: boolean;
  readonly className: string;
  readonly children: (item: T) => ReactNode;
}

/** So much beyond what is in sight is drawn as well. */
const BEYOND = '600px 0px';
/** The first ones are drawn at once: nobody should see a list come in twice. */
const AT_ONCE = 12;

/** What scrolls around an element, or the element itself; null: the page does. */
function scrollerOf(from: Element): Element | null {
  for (let at: Element | null = from; at; at = at.parentElement)
    if (/auto|scroll/.test(getComputedStyle(at).overflowY)) return at;
  return null;
}

type Seen = (is: boolean) => void;

/** One observer for all cards of a list, made when the first of them asks. */
class Sight {
  private readonly told = new Map<Element, Seen>();
  private observer: IntersectionObserver | null = null;

  watch(card: Element, seen: Seen): () => void {
    this.observer ??= new IntersectionObserver(
      (entries) => {
        for (const { target, isIntersecting } of entries) this.told.get(target)?.(isIntersecting);
      },
      { root: scrollerOf(card), rootMargin: BEYOND },
    );
    this.told.set(card, seen);
    this.observer.observe(card);
    return () => {
      this.told.delete(card);
      this.observer?.unobserve(card);
    };
  }
}

export function LongList<T>({ label, items, keyOf, nameOf, height, scrolls, className, children }: LongListProps<T>) {
  const sight = useMemo(() => new Sight(), []);
  return (
    // A list that scrolls by itself is scrolled by keyboard too.
    <ol className={className} aria-label={label} {...(scrolls === true && { tabIndex: 0 })}>
      {items.map((item, i) => (
        <Place key={keyOf(item)} sight={sight} height={height} atOnce={i < AT_ONCE} name={nameOf?.(item)}>
          {() => children(item)}
        </Place>
      ))}
    </ol>
  );
}

interface PlaceProps {
  readonly sight: Sight;
  readonly height: number;
  readonly atOnce: boolean;
  readonly name: string | undefined;
  readonly children: () => ReactNode;
}

function Place({ sight, height, atOnce, name, children }: PlaceProps) {
  const place = useRef<HTMLLIElement>(null);
  const [near, setNear] = useState(atOnce);
  // As high as it was drawn last, so that what comes after it stays where it is.
  const [measured, setMeasured] = useState(height);
  useLayoutEffect(() => {
    const here = place.current;
    return here === null
      ? undefined
      : sight.watch(here, (is) => {
          if (!is && here.childElementCount > 0) setMeasured(here.offsetHeight);
          // What has the focus, or a dialog open, stays.
          setNear((before) => is || (before && here.contains(document.activeElement)));
        });
  }, [sight]);
  return (
    <li
      ref={place}
      {...(name !== undefined && { 'aria-label': name })}
      {...(!near && { style: { blockSize: measured } })}
    >
      {near && children()}
    </li>
  );
}
