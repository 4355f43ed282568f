/**
 * What the rules would send this back for, and what else is missing, before it is released: it can go all the same, on a
 * reason that is recorded with the case. What is found of sensitive material is not named: colleagues read what is recorded.
 */
import type { CheckView } from '../../shared/ipc/check.ts';
import type { CaseView } from '../../shared/ipc/worker.ts';
import type { Purpose } from '../../shared/model/events.ts';
import { Field } from '../ui/Field.tsx';
import { countText } from '../ui/format.ts';

interface OpenPoint {
  readonly code: string;
  readonly path: string;
  readonly sentence: string;
}

const MOST_SHOWN = 5;

/** Everything that stands against a release as it is; none: nothing that a machine can see. */
export function openPoints(view: CaseView, check: CheckView | undefined, purpose: Purpose): readonly OpenPoint[] {
  const found = (check?.findings ?? []).filter(
    ({ severity, path }) => severity !== 'advice' && check?.hints[path]?.place !== 'sensitive material',
  );
  // The rules may say it themselves.
  const isSaid = found.some(({ path }) => path === 'work/reviews');
  const unsigned = purpose === 'charging decision' && !isSaid && !isSignedOff(view);
  return [
    ...(unsigned
      ? [{ code: 'not-signed-off', path: 'case', sentence: 'No supervisor has signed this case off for charging.' }]
      : []),
    ...found.map(({ code, path, sentence }) => ({ code, path, sentence: sentence.slice(0, 500) })),
  ];
}

function isSignedOff({ work }: CaseView): boolean {
  const last = work.state.reviews.filter(({ given }) => given !== null).at(-1);
  return last?.given?.outcome === 'signed off';
}

interface OpenPointsProps {
  readonly points: readonly OpenPoint[];
  readonly reason: string;
  readonly wrong: string | null;
  readonly onReason: (reason: string) => void;
}

export function OpenPoints({ points, reason, wrong, onReason }: OpenPointsProps) {
  if (points.length === 0) return null;
  const more = points.length - MOST_SHOWN;
  return (
    <section className="open-points" aria-label="Open points">
      <h3>{countText(points.length, 'open point')}</h3>
      <ul className="bullets">
        {points.slice(0, MOST_SHOWN).map((point) => (
          <li key={`${point.code} ${point.path}`}>{point.sentence}</li>
        ))}
        {more > 0 && <li>{countText(more, 'more, under Check', 'more, under Check')}</li>}
      </ul>
      <Field label="Reason for releasing all the same" lines={2} value={reason} onChange={onReason} wrong={wrong} />
    </section>
  );
}
