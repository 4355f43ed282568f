/**
 * Cases that were disposed of: who decided it and why, which computers have destroyed what they held, and which have not
 * answered yet. There is nothing to open: the record is all that is left.
 */
import type { DisposalRow } from '../../shared/ipc/keeping.ts';
import { UrnText } from '../case/UrnText.tsx';
import { timeText } from '../ui/format.ts';
import { Empty, Loading } from '../ui/State.tsx';
import { Status } from '../ui/Word.tsx';
import { useView } from '../worker/views.ts';

export function Disposed() {
  const rows = useView('disposals');
  if (rows === undefined) return <Loading what="what was disposed of" />;
  if (rows.length === 0)
    return (
      <Empty title="No case was disposed of">
        <p>
          When two people dispose of a case, what is left of it is listed here: who, when, why, and on which computers.
        </p>
      </Empty>
    );
  return (
    <ol className="cards disposed" aria-label="Cases that were disposed of">
      {rows.map((row) => (
        <Row key={row.id} row={row} />
      ))}
    </ol>
  );
}

const Row = ({ row }: { readonly row: DisposalRow }) => (
  <li className="card" aria-label={row.urn ?? 'Without a URN'}>
    <div className="row">
      <h2>
        <UrnText urn={row.urn} />
      </h2>
      <Status word={row.word} live />
      <span className="push">
        <Status word={row.relay} />
      </span>
    </div>
    <dl className="facts">
      <dt>Proposed by</dt>
      <dd>
        {row.askedBy}: {row.reason}
      </dd>
      <dt>Confirmed by</dt>
      <dd>
        {row.agreedBy}, {timeText(row.at)}
      </dd>
      <dt>Outcome</dt>
      <dd>{row.outcome}</dd>
      <dt>Retention</dt>
      <dd>
        {row.retention ?? 'No class was set'}. {row.rationale}
      </dd>
    </dl>
    <table className="computers" aria-label="Computers">
      <thead>
        <tr>
          <th scope="col">Computer</th>
          <th scope="col">What it says</th>
          <th scope="col">What it destroyed</th>
        </tr>
      </thead>
      <tbody>
        {row.computers.map(({ name, word, destroyed }) => (
          <tr key={name}>
            <td>{name}</td>
            <td>
              <Status word={word} />
            </td>
            <td className="quiet">{destroyed ?? ''}</td>
          </tr>
        ))}
      </tbody>
    </table>
    {row.remains.length > 0 && (
      <ul className="quiet small" aria-label="What remains elsewhere">
        {row.remains.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
    )}
  </li>
);
