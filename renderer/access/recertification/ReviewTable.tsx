/** The posts of one campaign in the cases of this person: ticked by mouse or keys, and kept, removed or passed on together. */
import { useState } from 'react';
import type { CampaignRow, ToReview } from '../../../shared/ipc/recertification.ts';
import { Button } from '../../ui/Button.tsx';
import { countText, dayText, whenText } from '../../ui/format.ts';
import type { Column } from '../../ui/Grid.tsx';
import { Grid } from '../../ui/Grid.tsx';
import { Lines } from '../../ui/Lines.tsx';
import { Trouble } from '../../ui/State.tsx';
import { Tick } from '../../ui/Tick.tsx';
import { toggled } from '../../ui/ticking.ts';
import { useAct } from '../../ui/useAct.ts';
import { Status } from '../../ui/Word.tsx';
import { worker } from '../../worker/connection.ts';
import { ROLES } from '../who/seen.ts';
import type { About } from './PassOn.tsx';
import { PassOn } from './PassOn.tsx';
import { Removing } from './Removing.tsx';

const idOf = ({ case: of, seat }: ToReview): string => `${of} ${seat}`;
const nameOf = ({ title, post }: ToReview): string => `${post}, ${title}`;

const COLUMNS: readonly Column<ToReview>[] = [
  {
    key: 'post',
    title: 'Post',
    width: 'minmax(0, 1.6fr)',
    cell: (row) => (
      <Lines first={row.post} strong below={[row.people.length === 0 ? 'Nobody holds it' : row.people.join(', ')]} />
    ),
  },
  { key: 'case', title: 'Case', width: 'minmax(0, 1fr)', cell: (row) => <Lines first={row.title} /> },
  {
    key: 'may',
    title: 'May, and why',
    width: 'minmax(0, 1.6fr)',
    cell: (row) => <Lines first={ROLES[row.role]} below={[`Since ${whenText(row.since)}`, row.why]} />,
  },
  { key: 'word', title: 'Answer', width: 'minmax(0, 1.6fr)', cell: (row) => <Status word={row.word} /> },
];

const DIALOGS = { pass: PassOn, remove: Removing } as const;
const NOTHING: ReadonlySet<string> = new Set();

export function ReviewTable({ row }: { readonly row: CampaignRow }) {
  const [ticked, setTicked] = useState<ReadonlySet<string>>(NOTHING);
  const [asking, setAsking] = useState<'pass' | 'remove' | null>(null);
  const doing = useAct();
  const picked = row.lines.filter((line) => ticked.has(idOf(line)) && line.mayAnswer);
  const answerable = row.lines.filter(({ mayAnswer }) => mayAnswer);
  const keep = (): void =>
    void doing
      .run(() => worker().recertify({ is: 'answer', ...about(row, picked), answer: 'keep', to: null, why: '' }))
      .then((done) => (done ? setTicked(NOTHING) : undefined));
  const Dialog = asking === null ? null : DIALOGS[asking];
  const isAll = answerable.length > 0 && answerable.every((line) => ticked.has(idOf(line)));
  const tick: Column<ToReview> = {
    key: 'tick',
    title: 'Tick',
    head: (
      <Tick
        name="Tick all that you may answer"
        ticked={isAll}
        some={!isAll && picked.length > 0}
        onChange={(is) => setTicked(is ? new Set(answerable.map(idOf)) : NOTHING)}
      />
    ),
    width: '1.5rem',
    look: 'acts',
    cell: (line) =>
      line.mayAnswer && (
        <Tick
          name={`Tick ${nameOf(line)}`}
          ticked={ticked.has(idOf(line))}
          onChange={() => setTicked(toggled(ticked, idOf(line)))}
        />
      ),
  };
  return (
    <>
      {answerable.length > 0 && (
        <div className="row" role="group" aria-label={`Answer ${row.name}`}>
          <span className="quiet" role="status">
            {picked.length === 0
              ? 'Tick posts to answer: Space, Shift with arrows, Ctrl+A'
              : `${countText(picked.length, 'post')} ticked`}
          </span>
          <Button small kind="main" disabled={picked.length === 0} busy={doing.busy} onPress={keep}>
            Keep
          </Button>
          <Button small kind="danger" disabled={picked.length === 0} onPress={() => setAsking('remove')}>
            Remove…
          </Button>
          <Button small disabled={picked.length === 0} onPress={() => setAsking('pass')}>
            I don’t know…
          </Button>
        </div>
      )}
      <WillGo row={row} />
      {doing.wrong !== null && <Trouble sentence="It was not answered." next={doing.wrong} />}
      <Grid
        label={`Posts of ${row.name}`}
        columns={answerable.length > 0 ? [tick, ...COLUMNS] : COLUMNS}
        rows={row.lines}
        idOf={idOf}
        nameOf={nameOf}
        {...(answerable.length > 0 && { ticks: { ticked, onTicked: setTicked } })}
      />
      {Dialog !== null && (
        <Dialog
          about={about(row, picked)}
          lines={picked}
          onDone={() => setTicked(NOTHING)}
          onClose={() => setAsking(null)}
        />
      )}
    </>
  );
}

const about = ({ id, round }: CampaignRow, lines: readonly ToReview[]): About => ({
  campaign: id,
  round,
  of: lines.map(({ case: of, seat }) => ({ case: of, seat })),
});

/** What would be removed if nobody said more. */
function WillGo({ row }: { readonly row: CampaignRow }) {
  const open = row.lines.filter(({ outcome }) => outcome === 'open' || outcome === 'passed');
  if (row.over || open.length === 0) return null;
  return (
    <details>
      <summary>
        If nobody answers more, {countText(open.length, 'post')} {open.length === 1 ? 'goes' : 'go'} after{' '}
        {dayText(row.until)}
      </summary>
      <ul className="bullets">
        {open.map((line) => (
          <li key={idOf(line)}>
            {line.post}, from {line.title}
          </li>
        ))}
      </ul>
    </details>
  );
}
