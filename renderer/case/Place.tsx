/**
 * What is in one place of a case at a glance: summary, evidence and packages; record and activity.
 */
import type { AreaView, CaseView } from '../../shared/ipc/worker.ts';
import { Activity } from './Activity.tsx';
import { Evidence } from './files/Evidence.tsx';
import { Imports } from './files/Imports.tsx';
import { Packages } from './packages/Packages.tsx';
import { RecordFields } from './record/RecordFields.tsx';
import { Summary } from './text/Summary.tsx';
import { WhereStrip } from './work/standing/WhereStrip.tsx';

interface PlaceProps {
  readonly view: CaseView;
  readonly area: AreaView;
  /** A path to come to; of what is here, the summary alone has one. */
  readonly path: string | null;
}

export function Place({ view, area, path }: PlaceProps) {
  const items = view.items.filter((item) => item.place === area.kind);
  return (
    <div className="place-columns">
      <div className="stack">
        <WhereStrip view={view} />
        <Summary key={area.summary} area={area} focus={path === 'summary'} />
        {area.kind === 'working papers' && <Imports imports={view.imports} />}
        <Evidence view={view} items={items} place={area.kind} />
        <Packages packages={view.packages} />
      </div>
      <div className="stack">
        <RecordFields key={area.record} area={area} />
        <Activity activity={view.activity} />
      </div>
    </div>
  );
}
