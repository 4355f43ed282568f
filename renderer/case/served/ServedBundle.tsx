/**
 * What would be served on the defence, by the prosecutor's groups, with the schedule that goes along; what stays out, and
 * why; and the one act that writes it to a folder. The police see the same list, and that the prosecution makes it.
 */
import './served.css';
import { useState } from 'react';
import type { Exported, ServedView } from '../../../shared/ipc/exchange.ts';
import type { CaseView } from '../../../shared/ipc/worker.ts';
import type { CaseId } from '../../../shared/primitives/ids.ts';
import { formOf } from '../../../shared/model/formats/forms.ts';
import { Ask } from '../../ui/Ask.tsx';
import { Button } from '../../ui/Button.tsx';
import { countText, groupedText, sizeText } from '../../ui/format.ts';
import { Empty, Loading, Trouble } from '../../ui/State.tsx';
import { useAct } from '../../ui/useAct.ts';
import { worker } from '../../worker/connection.ts';
import { desktop } from '../../worker/desktop.ts';
import { useServed } from '../../worker/views.ts';

export function ServedBundle({ view }: { readonly view: CaseView }) {
  const served = useServed(view.row.case);
  const [asking, setAsking] = useState(false);
  if (served === undefined) return <Loading what="what would be served" />;
  const count = served.groups.reduce((sum, { documents }) => sum + documents.length, 0);
  return (
    <section className="served" aria-labelledby="served">
      <div className="row">
        <div>
          <h2 id="served">Defence bundle</h2>
          <p className="quiet small">
            {countText(count, 'document', 'documents')} and the schedule of unused material (MG6C) would be served.
          </p>
        </div>
        {served.mayMake && (
          <span className="push">
            <Button kind="main" disabled={count === 0} onPress={() => setAsking(true)}>
              Make the bundle…
            </Button>
          </span>
        )}
      </div>
      <p>
        Back sheets, confidential forms, notes and sensitive material are never in it. Whether a document is served is
        said under Documents.
        {!served.mayMake && ' The prosecutor makes the bundle; this is what it would hold.'}
      </p>
      <Look look={served.look} />
      {count === 0 ? (
        <Empty title="Nothing would be served yet">
          <p>Sort the documents and mark those that are served, under Documents.</p>
        </Empty>
      ) : (
        served.groups.map((group) => <Group key={group.group} group={group} />)
      )}
      <Schedule schedule={served.schedule} />
      <Left left={served.left} />
      {asking && <Make of={view.row.case} served={served} count={count} onClose={() => setAsking(false)} />}
    </section>
  );
}

function Look({ look }: Pick<ServedView, 'look'>) {
  if (look.length === 0) return null;
  return (
    <div className="served-look" role="note">
      <strong>Look at these before it goes</strong>
      <ul className="bullets">
        {look.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </div>
  );
}

const Group = ({ group: { group, documents } }: { readonly group: ServedView['groups'][number] }) => (
  <section aria-label={group}>
    <h3>{group}</h3>
    <div className="scroll-x">
      <table className="schedule">
        <thead>
          <tr>
            <th scope="col">Title</th>
            <th scope="col">Form</th>
            <th scope="col">Dated</th>
            <th scope="col">Size</th>
          </tr>
        </thead>
        <tbody>
          {documents.map((one) => (
            <tr key={one.item}>
              <td>{one.title}</td>
              <td>{one.form === null ? '' : (formOf(one.form)?.code ?? one.form)}</td>
              <td>{one.dated ?? ''}</td>
              <td>{sizeText(one.file.bytes)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  </section>
);

const Schedule = ({ schedule }: Pick<ServedView, 'schedule'>) => (
  <section aria-label="MG6C">
    <h3>MG6C: Schedule of non-sensitive unused material</h3>
    {schedule.length === 0 ? (
      <p className="quiet small">Nothing is listed.</p>
    ) : (
      <div className="scroll-x">
        <table className="schedule">
          <thead>
            <tr>
              <th scope="col">No.</th>
              <th scope="col">Reference</th>
              <th scope="col">Description</th>
              <th scope="col">Disclosed</th>
            </tr>
          </thead>
          <tbody>
            {schedule.map((line) => (
              <tr key={line.number}>
                <td>{line.number}</td>
                <td>{line.reference}</td>
                <td>{line.description}</td>
                <td>{line.disclosed ? 'Disclosed' : ''}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    )}
  </section>
);

function Left({ left }: Pick<ServedView, 'left'>) {
  if (left.length === 0) return null;
  return (
    <section aria-label="What stays out">
      <h3>What stays out</h3>
      <div className="scroll-x">
        <table className="schedule stays-out">
          <thead>
            <tr>
              <th scope="col">Document</th>
              <th scope="col">Why</th>
            </tr>
          </thead>
          <tbody>
            {left.map(({ title, why }, i) => (
              <tr key={`${i} ${title}`}>
                <td>{title}</td>
                <td>{why}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

interface MakeProps {
  readonly of: CaseId;
  readonly served: ServedView;
  readonly count: number;
  readonly onClose: () => void;
}

function Make({ of, served, count, onClose }: MakeProps) {
  const [done, setDone] = useState<Exported | null>(null);
  const act = useAct();
  const make = (): void =>
    void act.run(async () => {
      const token = await desktop().chooseExportFolder();
      if (token === null) return undefined;
      const outcome = await worker().exportServed(of, token);
      if (outcome.ok) setDone(outcome.value);
      return outcome;
    });
  return (
    <Ask title="Make the bundle for the defence" open onClose={onClose}>
      {done === null ? (
        <>
          <p>
            Joinder writes {countText(count, 'document', 'documents')}, an index with the MG6C, and a manifest with the
            SHA-256 of each into a new folder where you choose. It lies outside Joinder and is not sealed any more.
            Making it is recorded under your name, and each document counts as opened.
          </p>
          {served.look.length > 0 && (
            <p className="needs">
              {countText(served.look.length, 'statement has', 'statements have')} no back sheet on record: look first
              whether the file holds one.
            </p>
          )}
        </>
      ) : (
        <Made done={done} />
      )}
      {act.wrong !== null && <Trouble sentence="The bundle was not made." next={act.wrong} />}
      <footer>
        <Button onPress={onClose}>{done === null ? 'Cancel' : 'Close'}</Button>
        {done === null && (
          <Button kind="main" onPress={make} busy={act.busy}>
            {act.busy ? 'Writing…' : 'Choose a folder'}
          </Button>
        )}
      </footer>
    </Ask>
  );
}

const Made = ({ done }: { readonly done: Exported }) =>
  done.without.length > 0 ? (
    <div role="alert">
      <p>
        <strong>The folder {done.folder} is no whole bundle: it has no index and no manifest.</strong> These could not
        be written. Fetch them, then make it again; throw this folder away.
      </p>
      <ul className="bullets">
        {done.without.map((name, i) => (
          <li key={`${i} ${name}`}>{name}</li>
        ))}
      </ul>
    </div>
  ) : (
    <div role="status">
      <p>
        <strong>The bundle was made, with {countText(done.files, 'document', 'documents')}.</strong> It is in the folder{' '}
        {done.folder}.
      </p>
      <p>
        SHA-256 of its index <span className="mono">{groupedText(done.sha256)}</span>
      </p>
    </div>
  );
