/**
 * One case: what it is, where it stands in one word, and its places. Owns the tabs and the two acts of the case, adding
 * files and releasing.
 */
import './case.css';
import { useState } from 'react';
import { Tab, TabList, TabPanel, Tabs } from 'react-aria-components';
import type { AreaView, CaseView } from '../../shared/ipc/worker.ts';
import type { CaseId, PackageId } from '../../shared/primitives/ids.ts';
import { ReleaseDialog } from '../release/ReleaseDialog.tsx';
import { useScreens } from '../state/route.ts';
import { Button } from '../ui/Button.tsx';
import { Empty, Loading, Trouble } from '../ui/State.tsx';
import { Status } from '../ui/Word.tsx';
import { useCase } from '../worker/views.ts';
import { useAddFiles } from './files/addFiles.ts';
import { AddFilesMenu } from './files/AddFilesMenu.tsx';
import { DropFiles } from './files/DropFiles.tsx';
import { Place } from './Place.tsx';
import { UrnText } from './UrnText.tsx';

type PlaceKind = AreaView['kind'];

interface CaseScreenProps {
  readonly id: CaseId;
  readonly place: PlaceKind;
  readonly releasing?: { readonly answers: PackageId | null };
}

export function CaseScreen({ id, place }: CaseScreenProps) {
  const view = useCase(id);
  if (view === undefined)
    return (
      <div className="screen">
        <Loading what="the case" />
      </div>
    );
  return <OpenCase view={view} place={place} />;
}

function OpenCase({ view, place: asked }: { readonly view: CaseView; readonly place: PlaceKind }) {
  const go = useScreens((screens) => screens.go);
  const [releasing, setReleasing] = useState(false);
  const adding = useAddFiles(view.row.case);
  const areaOf = (kind: PlaceKind): AreaView | undefined => view.areas.find((area) => area.kind === kind);
  // Who only received the case has no Working papers: the Case file is all there is, and nothing can be added to it.
  const ours = areaOf('working papers') !== undefined;
  const place = ours || areaOf('case file') === undefined ? asked : 'case file';
  return (
    <DropFiles onDrop={adding.drop}>
      <div className="screen case">
        <CaseHeader view={view}>
          {ours && <AddFilesMenu adding={adding} />}
          {ours && (
            <Button kind="main" onPress={() => setReleasing(true)} disabled={view.items.length === 0}>
              Release
            </Button>
          )}
        </CaseHeader>
        {adding.wrong !== null && <Trouble sentence="The files were not added." next={adding.wrong} />}
        <Tabs
          selectedKey={place}
          onSelectionChange={(key) =>
            go({ at: 'case', case: view.row.case, place: key === 'case file' ? 'case file' : 'working papers' })
          }
          className="places"
        >
          <TabList aria-label="Places of this case" className="place-tabs">
            {ours && (
              <Tab id="working papers" className="place-tab">
                Working papers
              </Tab>
            )}
            <Tab id="case file" className="place-tab shared">
              Case file
            </Tab>
          </TabList>
          {(ours ? (['working papers', 'case file'] as const) : (['case file'] as const)).map((kind) => {
            const area = areaOf(kind);
            return (
              <TabPanel key={kind} id={kind} className={kind === 'case file' ? 'place shared' : 'place'}>
                {area === undefined ? <NoPlace kind={kind} /> : <Place view={view} area={area} />}
              </TabPanel>
            );
          })}
        </Tabs>
      </div>
      {releasing && <ReleaseDialog view={view} answers={null} onClose={() => setReleasing(false)} />}
    </DropFiles>
  );
}

function CaseHeader({ view, children }: { readonly view: CaseView; readonly children: React.ReactNode }) {
  const { row } = view;
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
        {row.needsMe !== null && <p className="needs">{row.needsMe}</p>}
      </div>
      <div className="row push">{children}</div>
    </header>
  );
}

const NoPlace = ({ kind }: { readonly kind: PlaceKind }) =>
  kind === 'case file' ? (
    <Empty title="There is no Case file yet">
      <p>
        The first release makes it: a copy of the case record, the summary and the files you choose, shared with the
        organisation you release to. Nothing else of Working papers goes along.
      </p>
    </Empty>
  ) : (
    <Empty title="Your organisation has no Working papers here">
      <p>This case was released to you. What was shared is in the Case file.</p>
    </Empty>
  );
