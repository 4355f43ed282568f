/**
 * Owns moving several small chunks, of one job each or of several, in one request, up or down. Each ends as if it had
 * moved alone; a relay that does not know such requests is asked for none again until the next link.
 */
import type { Move } from './choose.ts';
import type { Engine } from './context.ts';
import { getMany } from './downloadMany.ts';
import type { Direction } from './job.ts';
import { sizeOf } from './job.ts';
import { hashOf, onDiskError, settleDown, settleUp, withRoom } from './move.ts';
import type { Relay } from './relay.ts';
import { ABORTED } from './relay.ts';
import type { SmallChunk } from './uploadMany.ts';
import { putMany } from './uploadMany.ts';

export async function sendMany(engine: Engine, relay: Relay, moves: readonly Move[]): Promise<void> {
  const { area, chunks, signal, begun } = begin(engine, moves);
  const answered = await putMany(relay, engine.store, engine.bandwidth, area, chunks, signal).catch(onDiskError);
  const outcomes = heard(engine, 'up', answered);
  for (const [i, { job, chunk }] of moves.entries()) {
    job.moving.delete(chunk);
    const outcome = outcomes === null ? null : 'is' in outcomes ? outcomes : (outcomes[i] ?? ABORTED);
    if (outcome?.is === 'held') job.meter.add(outcome.held, engine.now());
    if (outcome !== null) settleUp(engine, job, chunk, 0, outcome, begun);
    engine.changed(job);
  }
}

export async function fetchMany(engine: Engine, relay: Relay, moves: readonly Move[]): Promise<void> {
  const { area, chunks, signal, begun } = begin(engine, moves);
  const all = chunks.reduce((sum, { size }) => sum + size, 0);
  const answered = await withRoom(engine, all, () =>
    getMany(relay, engine.store, engine.bandwidth, area, chunks, signal),
  ).catch(onDiskError);
  const outcomes = heard(engine, 'down', answered);
  for (const [i, { job, chunk }] of moves.entries()) {
    job.moving.delete(chunk);
    const outcome = outcomes === null ? null : 'is' in outcomes ? outcomes : (outcomes[i] ?? ABORTED);
    if (outcome?.is === 'whole') job.meter.add(sizeOf(job, chunk), engine.now());
    if (outcome !== null) settleDown(engine, job, chunk, outcome, begun);
    engine.changed(job);
  }
}

function begin(engine: Engine, moves: readonly Move[]) {
  const chunks = moves.map(({ job, chunk }): SmallChunk => ({ hash: hashOf(job, chunk), size: sizeOf(job, chunk) }));
  const [first] = moves;
  if (first === undefined) throw new Error('nothing to move');
  const signal = allOf(moves.map(({ job }) => job.stop.signal));
  return { area: first.job.wanted.area, chunks, signal, begun: engine.gate.begin() };
}

/** Null: the relay is an older one, so that they go one by one. */
function heard<Answer extends object>(
  engine: Engine,
  direction: Direction,
  answered: Answer | { readonly is: 'not understood' },
): Answer | null {
  if (!('is' in answered) || answered.is !== 'not understood') return answered as Answer;
  engine.batches[direction] = false;
  return null;
}

/** Aborted once all of these are: a request goes on while anybody wants something of it. */
function allOf(signals: readonly AbortSignal[]): AbortSignal {
  const all = new AbortController();
  let left = signals.length;
  const one = (): void => void (--left === 0 && all.abort());
  for (const signal of signals) {
    if (signal.aborted) one();
    else signal.addEventListener('abort', one, { once: true });
  }
  return all.signal;
}
