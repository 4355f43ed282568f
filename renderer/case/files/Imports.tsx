/**
 * Files being added: how far, what could not be added and why. A finished import with problems stays in sight.
 */
import type { ImportRow } from '../../../shared/ipc/worker.ts';
import { useSeenImports } from '../../state/seenImports.ts';
import { Button } from '../../ui/Button.tsx';
import { countText } from '../../ui/format.ts';
import { Progress } from '../../ui/Progress.tsx';
import { ask } from '../../worker/connection.ts';

export function Imports({ imports }: { readonly imports: readonly ImportRow[] }) {
  const { seen, see } = useSeenImports();
  const shown = imports.filter((row) => !seen.has(row.id) && (!row.finished || row.problems.length > 0));
  return shown.map((row) => <Import key={row.id} row={row} onSeen={() => see(row.id)} />);
}

function Import({ row, onSeen }: { readonly row: ImportRow; readonly onSeen: () => void }) {
  return (
    <section className="part import" aria-label="Adding files">
      <div className="row">
        <h2>
          <span role="status">
            {row.finished
              ? `${countText(row.done, 'file')} added`
              : `Adding ${row.done} of ${countText(row.files, 'file')}`}
          </span>
        </h2>
        <span className="push">
          {row.finished ? (
            <Button small onPress={onSeen}>
              I have seen this
            </Button>
          ) : (
            <Button small onPress={() => ask((to) => to.cancelImport(row.id))}>
              Cancel adding
            </Button>
          )}
        </span>
      </div>
      {!row.finished && <Progress of="Adding files" done={row.doneBytes} total={row.bytes} />}
      {row.problems.length > 0 && (
        <>
          <h3>{countText(row.problems.length, 'file needs', 'files need')} your attention</h3>
          <ul className="problems">
            {row.problems.map((problem) => (
              <li key={problem.name + problem.sentence}>
                <strong>{problem.name}</strong> {problem.sentence}
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}
