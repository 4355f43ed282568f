/**
 * Which part of a case is in front. The overview is the whole place at a glance; the others are one part of its record.
 */
import type { ComponentType } from 'react';
import type { AreaView, CaseView } from '../../../shared/ipc/worker.ts';
import type { Section } from '../../state/sections.ts';
import { SECTIONS } from '../../state/sections.ts';
import { RecordPlace } from '../record/RecordPlace.tsx';
import { Activity } from '../Activity.tsx';
import { SharingAgreement } from '../agreement/SharingAgreement.tsx';
import { ExportActs } from '../exchange/ExportCase.tsx';
import { Keeping } from '../keeping/Keeping.tsx';
import { WhoCanSee } from '../../access/who/WhoCanSee.tsx';
import { ActionPlan } from '../work/actions/ActionPlan.tsx';
import { CheckCase } from '../work/review/CheckCase.tsx';
import { Conversation } from '../work/Conversation.tsx';
import { Deadlines } from '../work/standing/Deadlines.tsx';
import { Review } from '../work/review/Review.tsx';
import { Place } from '../Place.tsx';
import { Documents } from './Documents.tsx';
import { Exhibits } from './Exhibits.tsx';
import { FileInformation } from './FileInformation.tsx';
import { Hearings } from './Hearings.tsx';
import { Material } from './Material.tsx';
import { People } from './People.tsx';
import { ServedBundle } from '../served/ServedBundle.tsx';
import { Sensitive } from '../sensitive/Sensitive.tsx';
import type { SectionProps } from './sectionProps.ts';
import { Statements } from './Statements.tsx';

type WorkSection =
  | 'sensitive'
  | 'served'
  | 'check'
  | 'review'
  | 'agreement'
  | 'actions'
  | 'deadlines'
  | 'conversation'
  | 'who'
  | 'keeping'
  | 'activity';
type RecordSection = Exclude<Section, 'overview' | WorkSection>;

const PARTS: Record<RecordSection, ComponentType<SectionProps>> = {
  file: FileInformation,
  people: People,
  statements: Statements,
  exhibits: Exhibits,
  material: Material,
  documents: Documents,
  hearings: Hearings,
};

const WORK: Record<WorkSection, ComponentType<{ readonly view: CaseView }>> = {
  sensitive: Sensitive,
  served: ServedBundle,
  check: CheckCase,
  review: Review,
  agreement: SharingAgreement,
  actions: ActionPlan,
  deadlines: Deadlines,
  conversation: Conversation,
  who: ({ view }) => <WhoCanSee of={view.row.case} />,
  keeping: Keeping,
  activity: ({ view }) => (
    <Activity
      activity={view.activity}
      acts={<ExportActs of={view.row.case} may={view.work.may} sensitive={view.sensitive.places.length > 0} />}
    />
  ),
};

/** What has happened in all places of a case: it has no place of its own. */
export const isWork = (section: Section): section is WorkSection => Object.hasOwn(WORK, section);

export function WorkOfCase({ section, view }: { readonly section: WorkSection; readonly view: CaseView }) {
  const Part = WORK[section];
  return (
    <div className="place work-part">
      {view.work.me.roles.every((role) => role === 'member') && (
        <p className="needs">
          Your organisation has not said which role your post has, so that you can read, release and answer, and not
          review or decide. Its administrator gives roles to posts.
        </p>
      )}
      <Part view={view} />
    </div>
  );
}

interface PartOfCaseProps {
  readonly section: RecordSection | 'overview';
  readonly view: CaseView;
  readonly area: AreaView;
  readonly path: string | null;
}

export function PartOfCase({ section, view, area, path }: PartOfCaseProps) {
  if (section === 'overview') return <Place view={view} area={area} path={path} />;
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
