/**
 * The places of a case as folder tabs. What is written in one is not in the other, and who reads it stands above.
 */
import type { ReactNode } from 'react';
import { Tab, TabList, TabPanel, Tabs } from 'react-aria-components';
import type { AreaView, CaseView } from '../../../shared/ipc/worker.ts';
import { ReadersLine } from '../ReadersLine.tsx';

type PlaceKind = AreaView['kind'];

interface PlacesProps {
  readonly view: CaseView;
  readonly place: PlaceKind;
  readonly onPlace: (place: PlaceKind) => void;
  readonly missing: (kind: PlaceKind) => ReactNode;
  readonly children: (area: AreaView) => ReactNode;
}

const TITLES: Record<PlaceKind, string> = { 'working papers': 'Working papers', 'case file': 'Case file' };

/** Who only received the case has no Working papers: the Case file is all there is. */
export function Places({ view, place: asked, onPlace, missing, children }: PlacesProps) {
  const areaOf = (kind: PlaceKind): AreaView | undefined => view.areas.find((area) => area.kind === kind);
  const ours = areaOf('working papers') !== undefined;
  const kinds: readonly PlaceKind[] = ours ? ['working papers', 'case file'] : ['case file'];
  const place = ours || areaOf('case file') === undefined ? asked : 'case file';
  return (
    <Tabs
      selectedKey={place}
      onSelectionChange={(key) => onPlace(key === 'case file' ? 'case file' : 'working papers')}
      className="places"
    >
      <TabList aria-label="Places of this case" className="place-tabs">
        {kinds.map((kind) => (
          <Tab key={kind} id={kind} className={kind === 'case file' ? 'place-tab shared' : 'place-tab'}>
            {TITLES[kind]}
          </Tab>
        ))}
      </TabList>
      {kinds.map((kind) => {
        const area = areaOf(kind);
        return (
          <TabPanel
            key={kind}
            id={kind}
            className={kind === 'case file' && area?.isShared !== false ? 'place shared' : 'place'}
          >
            {area === undefined ? (
              missing(kind)
            ) : (
              <>
                <ReadersLine area={area} />
                {children(area)}
              </>
            )}
          </TabPanel>
        );
      })}
    </Tabs>
  );
}
