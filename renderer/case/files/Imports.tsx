/**
 * Files being added: how far, what could not be added and why. An import that ended with something to say stays in sight, also
 * after a restart, until a person has seen it.
 */
import type { ImportRow } from '../../../shared/ipc/importing.ts';
import { Trouble } from '../../ui/State.tsx';
import { Button } from '../../ui/Button.tsx';
import { countText } from '../../ui/format.ts';
import { Progress } from '../../ui/Progress.tsx';
import { useAct } from '../../ui/useAct.ts';
import { againText } from './againText.ts';
import { ask, worker } from '../../worker/connection.ts';
import { useAddFiles } from './addFiles.ts';

export function Imports({ imports }: { readonly imports: readonly ImportRow[] }) {
  return imports.map((row) => (row.finished ? <Ended key={row.id} row={row} /> : <UnderWay key={row.id} row={row} />));
}

const UnderWay = ({ row }: { readonly row: ImportRow }) => (
  <section className="part import" aria-label="Adding files">
    <div className="row">
      <h2>
        <span role="status">
          Adding {row.done} of {countText(row.files, 'file')}
        </span>
      </h2>
      <span className="push">
        <Button small onPress={() => ask((to) => to.cancelImport(row.id))}>
          Cancel adding
        </Button>
      </span>
    </div>
    {row.cutOff && <p className="quiet">Adding was cut off; it goes on with the files that were not added yet.</p>}
    <Progress of="Adding files" done={row.doneBytes} total={row.bytes} />
    <Problems row={row} />
  </section>
);

function Ended({ row }: { readonly row: ImportRow }) {
  const again = useAct();
  const adding = useAddFiles(row.case);
  const lacking = row.files - row.added;
  const wrong = again.wrong ?? adding.wrong;
  return (
    <section className="part import" aria-label="Adding files">
      <div className="row">
        <h2>
          <span role="status">{endText(row, lacking)}</span>
        </h2>
        <span className="row push">
          {lacking > 0 && (
            <>
              <Button small busy={again.busy} onPress={() => void again.run(() => worker().addAgain(row.id))}>
                {againText(row.cancelled, lacking)}
              </Button>
              <Button small busy={adding.busy} onPress={() => adding.choose('files')}>
                Choose others
              </Button>
            </>
          )}
          <Button small onPress={() => ask((to) => to.seenImport(row.id))}>
            I have seen this
          </Button>
        </span>
      </div>
      {row.cutOff && lacking > 0 && (
        <p className="quiet">Adding was cut off, and went on with what could still be read.</p>
      )}
      {row.waitsForRoom && (
        <p role="status">
          This disk is full. Free some space: adding goes on by itself, without choosing the files again.
        </p>
      )}
      {wrong !== null && <Trouble sentence="The files were not added." next={wrong} />}
      <Problems row={row} />
    </section>
  );
}

function endText({ files, added, cancelled }: ImportRow, lacking: number): string {
  if (lacking === 0) return `${countText(added, 'file')} added`;
  const count = `${lacking} of ${countText(files, 'file')}`;
  if (cancelled) return `Adding was cancelled: ${count} not added`;
  return `${count} ${lacking === 1 ? 'was' : 'were'} not added`;
}

const Problems = ({ row: { problems, moreProblems } }: { readonly row: ImportRow }) =>
  problems.length > 0 && (
    <>
      <h3>{countText(problems.length + moreProblems, 'file needs', 'files need')} your attention</h3>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a long list scrolls, by keyboard too */}
      <ul className="problems" aria-label="Files that need your attention" tabIndex={0}>
        {problems.map(({ name, sentence }, i) => (
          <li key={`${i} ${name}`}>
            <strong>{name}</strong> {sentence}
          </li>
        ))}
        {moreProblems > 0 && <li>And {moreProblems} more.</li>}
      </ul>
    </>
  );
