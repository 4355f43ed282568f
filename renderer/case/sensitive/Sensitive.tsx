/**
 * The sensitive material of a case, in an area of its own: above everything who can read it, then the list and the
 * schedule it makes. Who is not among the readers is told that it is kept, by whom, and why they do not see it.
 */
import './sensitive.css';
import { useState } from 'react';
import type { SensitivePlace, SensitiveView } from '../../../shared/ipc/sensitive.ts';
import type { CaseView } from '../../../shared/ipc/worker.ts';
import { isSaidHarmless } from '../../../shared/model/disclosure/sensitive.ts';
import type { CaseRecord } from '../../../shared/model/record.ts';
import { useScreens } from '../../state/route.ts';
import { Button } from '../../ui/Button.tsx';
import { Radios } from '../../ui/Check.tsx';
import { timeText } from '../../ui/format.ts';
import { Empty, Trouble } from '../../ui/State.tsx';
import { useAct } from '../../ui/useAct.ts';
import { worker } from '../../worker/connection.ts';
import { RecordPlace } from '../record/RecordPlace.tsx';
import { fieldColumn, nameColumn, rowsOf } from '../sections/columns.tsx';
import { EntityTable } from '../sections/EntityTable.tsx';
import { Schedules } from '../sections/Schedules.tsx';
import { MoveMaterial } from './MoveMaterial.tsx';
import { SharedCertificates } from './SharedCertificates.tsx';
import { Readers } from './Readers.tsx';

export function Sensitive({ view }: { readonly view: CaseView }) {
  const { places } = view.sensitive;
  const [wanted, setWanted] = useState('');
  const shown = places.find(({ area }) => area === wanted) ?? places[0];
  if (shown === undefined) return <NotRead view={view} />;
  return (
    <div className="sensitive">
      {places.length > 1 && (
        <Radios
          label="Which list"
          options={places.map((place) => ({ value: place.area, text: titleOf(place) }))}
          value={shown.area}
          onChange={setWanted}
        />
      )}
      <Readers of={view.row.case} place={shown} sensitive={view.sensitive} open={!view.row.closed} />
      <RecordPlace key={shown.record} area={{ ...shown, kind: 'sensitive' }} title={titleOf(shown)}>
        {(record) => <List view={view} place={shown} record={record} />}
      </RecordPlace>
    </div>
  );
}

const titleOf = ({ shared, ours }: SensitivePlace): string =>
  shared === null
    ? 'Sensitive material'
    : ours
      ? `What ${shared.org} was shown`
      : `Sensitive material of ${shared.org}`;

function List({
  view,
  place,
  record,
}: {
  readonly view: CaseView;
  readonly place: SensitivePlace;
  readonly record: CaseRecord;
}) {
  const items = record.lists.material;
  const path = useScreens(({ route }) => (route.at === 'case' ? (route.path ?? null) : null));
  const harmless = place.shared === null ? items.filter(isSaidHarmless) : [];
  return (
    <div className="stack">
      {harmless.length > 0 && <MoveMaterial view={view} items={harmless} to="non-sensitive" />}
      <EntityTable
        key={path}
        list="material"
        rows={rowsOf('material', items)}
        columns={[
          nameColumn('Reference', 'minmax(0, 0.5fr)'),
          fieldColumn(record, 'material', 'description', 'minmax(0, 1.2fr)'),
          fieldColumn(record, 'material', 'sensitiveReason', 'minmax(0, 1fr)', 'Why sensitive'),
          fieldColumn(record, 'material', 'meetsTest', 'minmax(0, 0.4fr)', 'Meets test'),
        ]}
        bulk={['use', 'relevant', 'sensitivity', 'meetsTest']}
        adds={place.ours && place.shared === null}
        path={path}
        empty={
          place.shared === null
            ? 'Nothing is listed yet. Add an item here, or mark one as sensitive under Unused material and move it.'
            : 'Nothing is listed.'
        }
      />
      <Schedules items={items} sensitive />
      {place.shared !== null && <SharedCertificates place={place} />}
    </div>
  );
}

/** There is none, or this person is not among its readers. */
function NotRead({ view }: { readonly view: CaseView }) {
  const { sensitive, row, areas } = view;
  const ours = areas.some(({ kind }) => kind === 'working papers');
  if (!ours)
    return (
      <Empty title="No sensitive material was shared with you">
        <p>
          What is sensitive is listed in a place of its own (MG6D), which the police share with the posts they name. It
          is in no package and not in the Case file, and never goes to the defence.
        </p>
      </Empty>
    );
  if (sensitive.begun !== null)
    return (
      <Empty title="Sensitive material is kept apart, and you are not among its readers">
        <p>
          {sensitive.begun.by} began it {timeText(sensitive.begun.at)}. Only disclosure officers and supervisors who
          were let in can read it: the fewer, the better for whom it protects.
        </p>
        <AskWhom sensitive={sensitive} />
      </Empty>
    );
  return (
    <Empty title="No sensitive material is kept for this case">
      <p>
        Material whose disclosure would harm the public interest is listed in a place of its own, with a key of its own:
        disclosure officers and supervisors read it, and the prosecutors you name. It is never in the Case file, in a
        package, in an ordinary export, or in anything for the defence.
      </p>
      {sensitive.mayKeep && !row.closed ? <Begin view={view} /> : <AskWhom sensitive={sensitive} />}
    </Empty>
  );
}

const AskWhom = ({ sensitive }: { readonly sensitive: SensitiveView }) =>
  sensitive.askWhom.length === 0 ? (
    <p className="needs">
      The directory names no disclosure officer or supervisor. Its administrator gives roles to posts.
    </p>
  ) : (
    <p>Ask {sensitive.askWhom.join('; ')}.</p>
  );

function Begin({ view }: { readonly view: CaseView }) {
  const doing = useAct();
  return (
    <>
      <div>
        <Button
          kind="main"
          busy={doing.busy}
          onPress={() => void doing.run(() => worker().doSensitive(view.row.case, { is: 'begin' }))}
        >
          Begin the sensitive list
        </Button>
      </div>
      {doing.wrong !== null && <Trouble sentence="It was not begun." next={doing.wrong} />}
    </>
  );
}
