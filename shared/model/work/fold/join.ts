/**
 * Putting together what the areas of a case hold. What concerns both organisations and one's own is written into both
 * areas: the same word of the same person at the same time counts once.
 */
import type { Said, WorkState } from '../state.ts';
import { answeredAgain, answersGiven } from './answering.ts';
import { emptyWork } from './draft.ts';

const inTime = (a: Said, b: Said): number => a.at - b.at || (a.entry < b.entry ? -1 : 1);
const wordOf = ({ by, at }: Said): string => `${by.org} ${by.person} ${at}`;

/** Things without an id of their own, oldest first, each word once. */
function words<T extends Said>(lists: readonly (readonly T[])[]): T[] {
  const once = new Map<string, T>();
  for (const one of lists.flat().sort(inTime)) if (!once.has(wordOf(one))) once.set(wordOf(one), one);
  return [...once.values()];
}

/** Things with an id, oldest first. One that stands in two areas is there as the area that knows more of it has it. */
function things<T extends { id: string }>(lists: readonly (readonly T[])[], begun: (one: T) => Said): T[] {
  const once = new Map<string, T>();
  for (const one of lists.flat()) {
    const key = `${one.id} ${wordOf(begun(one))}`;
    const known = once.get(key);
    if (!known || JSON.stringify(one).length > JSON.stringify(known).length) once.set(key, one);
  }
  return [...once.values()].sort((a, b) => inTime(begun(a), begun(b)));
}

const last = <T>(list: readonly T[]): T | null => list.at(-1) ?? null;

/** Every answer to a question, whatever area it stands in, oldest first. */
function joinAnswers(all: readonly WorkState['answers'][]): WorkState['answers'] {
  const answers: WorkState['answers'] = {};
  for (const key of new Set(all.flatMap((one) => Object.keys(one)))) {
    const given = words(all.map((one) => (one[key] ? answersGiven(one[key]) : [])));
    for (const one of given) answers[key] = answeredAgain(answers[key], one);
  }
  return answers;
}

export function joinWork(states: readonly WorkState[]): WorkState {
  const [first, ...others] = states;
  if (!first) return emptyWork();
  if (others.length === 0) return first;
  const of = <K extends keyof WorkState>(key: K): WorkState[K][] => states.map((state) => state[key]);
  const moves = words(of('stage').map((stage) => stage.moves));
  const closings = words(of('closings'));
  const handovers = words(of('handovers'));
  const closing = last(closings);
  return {
    stage: { stage: last(moves)?.stage ?? first.stage.stage, moves },
    holder: last(handovers)?.to ?? first.holder,
    handovers,
    allocations: words(of('allocations')),
    reviews: things(of('reviews'), (one) => one.asked),
    actions: things(of('actions'), (one) => one.raised),
    decisions: things(of('decisions'), (one) => one),
    certificates: things(of('certificates'), (one) => one),
    signatures: things(of('signatures'), (one) => one),
    answers: joinAnswers(of('answers')),
    deadlines: words(of('deadlines')),
    releasedAnyway: words(of('releasedAnyway')),
    settled: words(of('settled')),
    messages: things(of('messages'), (one) => one),
    agreements: things(of('agreements'), (one) => one.offered),
    closed: closing?.is === 'closed' ? closing : null,
    closings,
    holds: things(of('holds'), (one) => one.placed),
    retention: words(of('retention')),
    disposals: things(of('disposals'), (one) => one.asked),
    refused: of('refused').flat(),
  };
}
