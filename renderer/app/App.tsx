/**
 * Which of Joinder's three faces is shown: first run, locked, or open. Promises that locking takes everything of a case
 * out of the window, and that the lines to worker and evidence are asked for when the profile opens.
 */
import { useEffect, useState } from 'react';
import { I18nProvider } from 'react-aria-components';
import type { ProfileState } from '../../shared/ipc/preload.ts';
import { assertNever } from '../../shared/primitives/result.ts';
import { Enrol } from '../enrol/Enrol.tsx';
import { useScreens } from '../state/route.ts';
import { Loading } from '../ui/State.tsx';
import { Unlock } from '../unlock/Unlock.tsx';
import { connect, disconnect } from '../worker/connection.ts';
import { desktop } from '../worker/desktop.ts';
import { forgetViews } from '../worker/views.ts';
import { Frame } from './Frame.tsx';
import { QuitWarning } from './QuitWarning.tsx';
import { Safe } from './Safe.tsx';

export function App() {
  const profile = useProfile();
  const open = profile?.is === 'open';
  useEffect(() => {
    if (!open) return undefined;
    void connect();
    return () => {
      disconnect();
      forgetViews();
      useScreens.getState().reset();
    };
  }, [open]);
  return (
    <I18nProvider locale="en-GB">
      <Safe>
        {profile === null ? <Loading what="Joinder" /> : <Face profile={profile} />}
        <QuitWarning />
      </Safe>
    </I18nProvider>
  );
}

function Face({ profile }: { readonly profile: ProfileState }) {
  switch (profile.is) {
    case 'new':
      return <Enrol comparing={profile.comparing ?? null} erased={profile.erased ?? null} />;
    case 'locked':
      return <Unlock profile={profile} />;
    case 'open':
      return <Frame lease={profile.lease} />;
    default:
      return assertNever(profile);
  }
}

function useProfile(): ProfileState | null {
  const [profile, setProfile] = useState<ProfileState | null>(null);
  useEffect(() => {
    let told = false;
    const stop = desktop().onProfile((state) => {
      told = true;
      setProfile(state);
    });
    // What is told while the question is on its way is newer than its answer.
    void desktop()
      .profile()
      .then((state) => (told ? undefined : setProfile(state)));
    return stop;
  }, []);
  return profile;
}
