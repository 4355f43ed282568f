/** The frame round the one screen that a guest has: no places, since there are none for them; lock, light, and the status bar. */
import '../app/frame.css';
import './guest.css';
import type { GuestHome as Home } from '../../shared/ipc/guests.ts';
import type { LeaseWord } from '../../shared/ipc/preload.ts';
import { Alarms } from '../app/Alarms.tsx';
import { LeaseNotice } from '../app/LeaseNotice.tsx';
import { Safe } from '../app/Safe.tsx';
import { TopActs } from '../app/TopActs.tsx';
import { useScreens } from '../state/route.ts';
import { StatusBar } from '../statusbar/StatusBar.tsx';
import { Viewer } from '../viewer/Viewer.tsx';
import { GuestHome } from './GuestHome.tsx';

interface GuestFrameProps {
  readonly home: Home;
  readonly lease: LeaseWord | null;
}

export function GuestFrame({ home, lease }: GuestFrameProps) {
  const viewing = useScreens((screens) => screens.viewing);
  return (
    <div className="frame of-guest">
      <header className="topbar">
        <span className="brand" aria-hidden="true">
          <span className="brand-mark" />
          Joinder
        </span>
        <span className="push" />
        <TopActs />
      </header>
      <main id="main" className="page" tabIndex={-1}>
        {lease !== null && <LeaseNotice lease={lease} />}
        <Alarms />
        <Safe>
          <GuestHome home={home} />
        </Safe>
      </main>
      <StatusBar />
      {viewing !== null && (
        <Viewer key={viewing.version} viewing={viewing} mayExport={mayExport(home, viewing.version)} />
      )}
    </div>
  );
}

/** Of what they may only view, and of nothing else, no copy is written. */
const mayExport = ({ folders }: Home, version: string): boolean =>
  !folders.some(({ may, items }) => may === 'view' && items.some((file) => file.version === version));
