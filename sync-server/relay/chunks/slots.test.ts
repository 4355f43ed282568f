/** Slots for chunks: a few for each link, a number for all, and nobody keeps everybody out by hardly moving. */
import { beforeEach, expect, it } from 'vitest';
import type { DeviceLink } from '../links/links.ts';
import type { Carrier, Slots } from './slots.ts';
import { openSlots } from './slots.ts';

const IN_ALL = 64;
const PER_LINK = 8;
let time = 0;
let slots: Slots;
beforeEach(() => {
  time = 0;
  slots = openSlots(() => time);
});
const link = (): DeviceLink => ({}) as DeviceLink; // only told apart here

/** A connection of which a test says what moved. */
class Line implements Carrier {
  bytes = 0;
  ended = false;
  giveBack: (() => void) | null = null;
  moved = (): number => this.bytes;
  stop = (): void => {
    this.ended = true;
    this.giveBack?.();
  };
  take(of: DeviceLink): this {
    this.giveBack = slots.take(of, this);
    return this;
  }
}
const fill = (): Line[] => {
  const links = Array.from({ length: IN_ALL / PER_LINK }, link);
  return links.flatMap((of) => Array.from({ length: PER_LINK }, () => new Line().take(of)));
};

it('one link has eight at most, all together sixty-four', () => {
  const mine = link();
  const own = Array.from({ length: PER_LINK + 1 }, () => new Line().take(mine));
  expect(own.map(({ giveBack }) => giveBack !== null)).toEqual([...Array<boolean>(PER_LINK).fill(true), false]);
  own[0]?.giveBack?.();
  expect(new Line().take(mine).giveBack).not.toBeNull();
});

it('those that hardly move go where somebody else has no slot, and those that move stay', () => {
  const lines = fill();
  time = 30_000;
  for (const [i, line] of lines.entries()) line.bytes = i < 3 ? 500 : 1_000_000;
  expect(new Line().take(link()).giveBack).not.toBeNull();
  expect(lines.filter(({ ended }) => ended)).toEqual(lines.slice(0, 3));
});

it('nobody is ended in the first seconds, nor for what was slow long ago', () => {
  const lines = fill();
  time = 10_000;
  expect(new Line().take(link()).giveBack).toBeNull();
  expect(lines.some(({ ended }) => ended)).toBe(false);
  time = 30_000;
  for (const line of lines) line.bytes = 1_000_000;
  expect(new Line().take(link()).giveBack).toBeNull();
  // Fast once, and then a byte now and then.
  time = 60_000;
  for (const [i, line] of lines.entries()) line.bytes += i === 0 ? 3 : 1_000_000;
  expect(new Line().take(link()).giveBack).not.toBeNull();
  expect(lines.filter(({ ended }) => ended)).toEqual([lines[0]]);
});

it('nobody is ended while there is room', () => {
  const slow = new Line().take(link());
  time = 600_000;
  new Line().take(link());
  expect(slow.ended).toBe(false);
});
