/**
 * One case: what it is, where it stands in one word, and its parts. Owns which part and place is in front, and the two
 * acts of the case, adding files and releasing.
 */
import './case.css';
import { useEffect, useMemo, useState } from 'react';
import type { AreaView, CaseView } from '../../shared/ipc/worker.ts';
import type { CaseId } from '../../shared/primitives/ids.ts';
import { together } from '../../shared/status/progress.ts';
import { EmergencyLine } from '../access/emergency/EmergencyLine.tsx';
import { ReleaseDialog } from '../release/ReleaseDialog.tsx';
import type { Section } from '../state/sections.ts';
import { useScreens } from '../state/route.ts';
import { Button } from '../ui/Button.tsx';
import { Progress } from '../ui/Progress.tsx';
import { Empty, OpeningScreen, Trouble } from '../ui/State.tsx';
import { Status } from '../ui/Word.tsx';
import { ask } from '../worker/connection.ts';
import { useCase } from '../worker/views.ts';
import { useAddFiles } from './files/addFiles.ts';
import { AddFilesMenu } from './files/AddFilesMenu.tsx';
import { DropFiles } from './files/DropFiles.tsx';
import { ClosedLine } from './keeping/ClosedLine.tsx';
import { CaseContext } from './record/caseContext.ts';
import { FilesContext } from './record/filesContext.ts';
import { PartOfCase, WorkOfCase, isWork } from './sections/PartOfCase.tsx';
import { Places } from './sections/Places.tsx';
import { MendStrip } from './work/review/MendStrip.tsx';
import { UrnText } from './UrnText.tsx';

type PlaceKind = AreaView['kind'];

interface CaseScreenProps {
  readonly id: CaseId;
  readonly place: PlaceKind;
  readonly section: Section;
  readonly path: string | null;
}

export function CaseScreen(props: CaseScreenProps) {
  const view = useCase(props.id);
  if (view === undefined) return <OpeningScreen title="Case" what="the case" />;
  if (view === null)
    return (
      <div className="screen">
        <Empty title="This case is not on this computer any more">
          <p>
            It was disposed of, or access to it has ended. What is left of a case that was disposed of is listed under
            Cases.
          </p>
        </Empty>
      </div>
    );
  return <OpenCase {...props} view={view} />;
}

function OpenCase({ view, place, section, path }: CaseScreenProps & { readonly view: CaseView }) {
  const go = useScreens((screens) => screens.go);
  const [releasing, setReleasing] = useState(false);
  const adding = useAddFiles(view.row.case);
  const open = !view.row.closed;
  const ours = view.areas.some((area) => area.kind === 'working papers');
  // Files would go to Working papers: nobody should think that they are kept apart.
  const mayAdd = view.areas.some((area) => area.kind === 'working papers' && area.mayWrite);
  const adds = mayAdd && open && section !== 'sensitive';
  const files = useMemo(() => view.items.map(({ file }) => ({ id: file.item, name: file.name })), [view.items]);
  useEffect(() => ask((to) => to.opened(view.row.case)), [view.row.case]);
  const { settled } = view.work.state;
  const opened = useMemo(() => ({ of: view.row.case, settled }), [view.row.case, settled]);
  return (
    <DropFiles onDrop={section === 'sensitive' ? null : adding.drop}>
      <div className="screen case">
        <CaseHeader view={view}>
          {adds && <AddFilesMenu adding={adding} />}
          {adds && (
            <Button kind="main" onPress={() => setReleasing(true)} disabled={view.items.length === 0}>
              Release
            </Button>
          )}
        </CaseHeader>
        <EmergencyLine view={view} />
        <ClosedLine view={view} />
        {adding.wrong !== null && <Trouble sentence="The files were not added." next={adding.wrong} />}
        <CaseContext.Provider value={opened}>
          <FilesContext.Provider value={files}>
            {isWork(section) ? (
              <WorkOfCase section={section} view={view} />
            ) : (
              <Places
                view={view}
                place={place}
                onPlace={(to) => go({ at: 'case', case: view.row.case, place: to, section })}
                missing={(kind) => <NoPlace kind={kind} ours={ours} />}
              >
                {(area) => <PartOfCase section={section} view={view} area={area} path={path} />}
              </Places>
            )}
          </FilesContext.Provider>
        </CaseContext.Provider>
        {path !== null && <MendStrip view={view} path={path} />}
      </div>
      {releasing && <ReleaseDialog view={view} answers={null} onClose={() => setReleasing(false)} />}
    </DropFiles>
  );
}

function CaseHeader({ view, children }: { readonly view: CaseView; readonly children: React.ReactNode }) {
  const { row, packages } = view;
  const moving = together(packages.flatMap(({ progress }) => progress ?? []));
  return (
    <header className="case-header">
      <div className="case-name">
        <p className="case-line">
          <UrnText urn={row.urn} />
          <span>{row.kind}</span>
          <span>{row.officer}</span>
        </p>
        <h1>{row.title}</h1>
        <Status word={row.word} live />
        {moving !== null && <Progress of="Files of this case" {...moving} />}
        {row.needsMe !== null && !row.word.text.endsWith(row.needsMe) && <p className="needs">{row.needsMe}</p>}
      </div>
      <div className="row push">{children}</div>
    </header>
  );
}

function NoPlace({ kind, ours }: { readonly kind: PlaceKind; readonly ours: boolean }) {
  if (kind === 'working papers')
    return (
      <Empty title="Your organisation has no Working papers here">
        <p>This case was released to you. What was shared is in the Case file.</p>
      </Empty>
    );
  return ours ? (
    <Empty title="There is no Case file yet">
      <p>
        The first release makes it: a copy of the case record, the summary and the files you choose, shared with the
        organisation you release to once it has been delivered. Nothing else of Working papers goes along.
      </p>
    </Empty>
  ) : (
    <Empty title="The Case file is not live yet">
      <p>
        It opens here when a computer of those who released this case has heard that the package arrived. What they
        released is in the package, and can be opened at once.
      </p>
    </Empty>
  );
}
