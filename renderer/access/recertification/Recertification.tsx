/**
 * Recertification: every campaign with how far it has got, and of each the posts that this person keeps, removes or passes on.
 * Administrators open and stop campaigns here, see the progress of all cases, and take the report out.
 */
import { useState } from 'react';
import type { CampaignRow } from '../../../shared/ipc/recertification.ts';
import { Button } from '../../ui/Button.tsx';
import { countText, dayText } from '../../ui/format.ts';
import { Empty, Loading, Trouble } from '../../ui/State.tsx';
import { useAct } from '../../ui/useAct.ts';
import { Status } from '../../ui/Word.tsx';
import { worker } from '../../worker/connection.ts';
import { desktop } from '../../worker/desktop.ts';
import { useView } from '../../worker/views.ts';
import { Personal } from './Personal.tsx';
import { ReviewTable } from './ReviewTable.tsx';
import { OpenCampaign } from './OpenCampaign.tsx';
import { StopCampaign } from './StopCampaign.tsx';

export function Recertification() {
  const view = useView('recertification');
  const [opening, setOpening] = useState(false);
  if (view === undefined) return <Loading what="recertification" />;
  return (
    <div className="access-body">
      <div className="row">
        <p className="quiet">
          Posts that see a case are kept or removed anew. What nobody reviews by the last day is removed.
        </p>
        {view.mayOpen && (
          <span className="push">
            <Button kind="main" onPress={() => setOpening(true)}>
              Open a campaign…
            </Button>
          </span>
        )}
      </div>
      {view.rows.length === 0 && (
        <Empty title="Nothing to review">
          <p>When an administrator opens a campaign, the posts in the cases that you lead stand here.</p>
        </Empty>
      )}
      {view.rows.map((row) => (
        <Campaign key={`${row.id} ${row.round}`} row={row} />
      ))}
      <Personal />
      {opening && <OpenCampaign view={view} onClose={() => setOpening(false)} />}
    </div>
  );
}

function Campaign({ row }: { readonly row: CampaignRow }) {
  const [stopping, setStopping] = useState(false);
  const saving = useAct();
  const [saved, setSaved] = useState(false);
  const save = (): void =>
    void saving.run(async () => {
      const token = await desktop().chooseSave('recertification.csv');
      if (token === null) return undefined;
      const outcome = await worker().exportRecertification(row.id, row.round, token);
      setSaved(outcome.ok);
      return outcome;
    });
  return (
    <section className="part stack" aria-label={row.name}>
      <div className="row">
        <h2>{row.name}</h2>
        <Status word={row.word} />
        {row.told !== null && (
          <span className="push row">
            <Button small busy={saving.busy} onPress={save}>
              Export report…
            </Button>
            {row.can.stop && (
              <Button small onPress={() => setStopping(true)}>
                Stop…
              </Button>
            )}
          </span>
        )}
      </div>
      <p className="quiet small">
        {row.scope}. From {dayText(row.from)} until {dayText(row.until)}
        {row.every !== null && `, again every ${countText(row.every, 'month')}`}. Opened by {row.by}.
      </p>
      {row.told !== null && <Progress row={row} told={row.told} />}
      {saved && <p role="status">The report was saved.</p>}
      {saving.wrong !== null && <Trouble sentence="The report was not saved." next={saving.wrong} />}
      {row.lines.length > 0 && <ReviewTable row={row} />}
      {stopping && <StopCampaign row={row} onClose={() => setStopping(false)} />}
    </section>
  );
}

/** What the leads’ computers have told, for administrators: numbers, and no word of a case. */
function Progress({ row, told }: { readonly row: CampaignRow; readonly told: NonNullable<CampaignRow['told']> }) {
  const { outcomes } = told;
  const waits = outcomes.open + outcomes.passed;
  const parts = [
    `${outcomes.kept} kept`,
    `${outcomes.removed} removed`,
    ...(row.over ? [`${outcomes['not reviewed']} removed unreviewed`] : []),
    ...(outcomes.passed > 0 ? [`${outcomes.passed} passed on`] : []),
    ...(outcomes.open > 0 ? [`${outcomes.open} not reviewed yet`] : []),
    ...(outcomes.stays > 0
      ? [`${countText(outcomes.stays, 'only lead')} ${outcomes.stays === 1 ? 'stays' : 'stay'}`]
      : []),
  ];
  if (told.cases === 0) return <p>No lead’s computer has taken it up yet. Each does when it is next on line.</p>;
  return (
    <p role="status" aria-label={`Progress of ${row.name}`}>
      {countText(told.cases, 'case')}, {countText(told.lines, 'post')}: {parts.join(', ')}.
      {!row.over && waits > 0 && ` If nobody answers more, ${waits} go after ${dayText(row.until)}.`}
    </p>
  );
}
