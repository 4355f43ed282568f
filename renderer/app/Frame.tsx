/**
 * The frame round every screen: where one can go (left), search, lock and light (top), the screen, the status bar (below).
 */
import './frame.css';
import { useEffect, useRef } from 'react';
import { assertNever } from '../../shared/primitives/result.ts';
import { Access } from '../access/Access.tsx';
import { CaseScreen } from '../case/CaseScreen.tsx';
import { PackageScreen } from '../case/packages/PackageScreen.tsx';
import { Cases } from '../cases/Cases.tsx';
import { NewCaseForm } from '../cases/NewCaseForm.tsx';
import { GuestFrame } from '../guest/GuestFrame.tsx';
import { Inbox } from '../inbox/Inbox.tsx';
import { NeedsMe } from '../inbox/NeedsMe.tsx';
import { Measures } from '../measures/Measures.tsx';
import { Rules } from '../rules/Rules.tsx';
import { useScreens } from '../state/route.ts';
import { Loading } from '../ui/State.tsx';
import { useView } from '../worker/views.ts';
import { StatusBar } from '../statusbar/StatusBar.tsx';
import { History } from '../transfers/History.tsx';
import { Transfers } from '../transfers/Transfers.tsx';
import { useStoreTrouble } from '../worker/storeTrouble.ts';
import { Viewer } from '../viewer/Viewer.tsx';
import type { LeaseWord } from '../../shared/ipc/preload.ts';
import { Alarms } from './Alarms.tsx';
import { LeaseNotice } from './LeaseNotice.tsx';
import { Navigation } from './Navigation.tsx';
import { PostsEnd } from './PostsEnd.tsx';
import { Safe } from './Safe.tsx';
import { useFocusStays } from './useFocusStays.ts';
import { useShortcuts } from './shortcuts.ts';
import { StoreTrouble } from './StoreTrouble.tsx';
import { TopBar } from './TopBar.tsx';

/** A guest has a frame of their own; until it is known who this is, nothing of the other is shown. */
export function Frame({ lease }: { readonly lease: LeaseWord | null }) {
  const guest = useView('guest');
  const trouble = useStoreTrouble();
  if (guest === undefined && trouble === null) return <Loading what="Joinder" />;
  return guest ? <GuestFrame home={guest} lease={lease} /> : <OwnFrame lease={lease} />;
}

function OwnFrame({ lease }: { readonly lease: LeaseWord | null }) {
  const route = useScreens((screens) => screens.route);
  const viewing = useScreens((screens) => screens.viewing);
  const trouble = useStoreTrouble();
  const search = useRef<HTMLInputElement>(null);
  const main = useRef<HTMLElement>(null);
  useShortcuts(search);
  useFocusStays();
  const last = useRef(route);
  useEffect(() => {
    if (last.current === route) return;
    last.current = route;
    // A link into a case brings its field into sight by itself.
    if (route.at !== 'case' || route.path === undefined) main.current?.scrollTo(0, 0);
    // Where the control that was pressed went away with its screen, the keyboard goes on from the new screen.
    if (document.activeElement === document.body) main.current?.focus();
  }, [route]);
  return (
    <div className="frame">
      <a
        className="skip"
        href="#main"
        onClick={(event) => {
          event.preventDefault();
          main.current?.focus();
        }}
      >
        Skip to the screen
      </a>
      <Navigation />
      <TopBar search={search} />
      <main id="main" className="page" ref={main} tabIndex={-1}>
        {lease !== null && <LeaseNotice lease={lease} />}
        <PostsEnd />
        <Alarms />
        <Safe on={route}>{trouble === null ? <Screen /> : <StoreTrouble cause={trouble} />}</Safe>
      </main>
      <StatusBar />
      {viewing !== null && trouble === null && <Viewer key={viewing.version} viewing={viewing} />}
    </div>
  );
}

function Screen() {
  const route = useScreens((screens) => screens.route);
  switch (route.at) {
    case 'cases':
      return <Cases />;
    case 'new case':
      return <NewCaseForm />;
    case 'case':
      return (
        <CaseScreen
          key={route.case}
          id={route.case}
          place={route.place}
          section={route.section ?? 'overview'}
          path={route.path ?? null}
        />
      );
    case 'package':
      return <PackageScreen key={route.package} inCase={route.case} id={route.package} />;
    case 'inbox':
      return <Inbox open={route.package} />;
    case 'needs me':
      return <NeedsMe />;
    case 'transfers':
      return route.past === true ? <History /> : <Transfers />;
    case 'measures':
      return <Measures />;
    case 'rules':
      return <Rules />;
    case 'access':
      return <Access part={route.part} id={route.id} />;
    default:
      return assertNever(route);
  }
}
