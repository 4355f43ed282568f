/**
 * Which part of a case is in front. The overview is the whole place at a glance; the others are one part of its record.
 */
import type { ComponentType } from 'react';
import type { AreaView, CaseView } from '../../../shared/ipc/worker.ts';
import type { Section } from '../../state/sections.ts';
import { SECTIONS } from '../../state/sections.ts';
import { RecordPlace } from '../record/RecordPlace.tsx';
import { Activity } from '../Activity.tsx';
import { Place } from '../Place.tsx';
import { Documents } from './Documents.tsx';
import { Exhibits } from './Exhibits.tsx';
import { Hearings } from './Hearings.tsx';
import { Material } from './Material.tsx';
import { People } from './People.tsx';
import type { SectionProps } from './sectionProps.ts';
import { Statements } from './Statements.tsx';

type RecordSection = Exclude<Section, 'overview' | 'activity'>;

const PARTS: Record<RecordSection, ComponentType<SectionProps>> = {
  people: People,
  statements: Statements,
  exhibits: Exhibits,
  material: Material,
  documents: Documents,
  hearings: Hearings,
};

interface PartOfCaseProps {
  readonly section: Section;
  readonly view: CaseView;
  readonly area: AreaView;
  readonly path: string | null;
}

export function PartOfCase({ section, view, area, path }: PartOfCaseProps) {
  if (section === 'overview') return <Place view={view} area={area} />;
  if (section === 'activity')
    return (
      <div className="place-part">
        <Activity activity={view.activity} />
      </div>
    );
  const Part = PARTS[section];
  const title = SECTIONS.find(({ id }) => id === section)?.title ?? '';
  return (
    <div className="place-part">
      <RecordPlace key={area.record} area={area} title={title}>
        {(record) => <Part key={path} view={view} area={area} record={record} path={path} />}
      </RecordPlace>
    </div>
  );
}
