/**
 * The Access section: who is who, who can see what, and what is asked for. Each part is a folder of its own beside this;
 * a part appears for those whose it is.
 */
import '../case/case.css';
import './access.css';
import type { ComponentType } from 'react';
import { useScreens } from '../state/route.ts';
import { OpeningScreen } from '../ui/State.tsx';
import { useView } from '../worker/views.ts';
import { Computers } from './devices/Computers.tsx';
import { Emergency } from './emergency/Emergency.tsx';
import { Guests } from './guests/Guests.tsx';
import { LateWork } from './late/LateWork.tsx';
import type { AccessPart } from './parts.ts';
import { PARTS, isFor } from './parts.ts';
import { Audit } from './audit/Audit.tsx';
import { Leavers } from './leavers/Leavers.tsx';
import { Movements } from './movements/Movements.tsx';
import { People } from './people/People.tsx';
import { Posts } from './posts/Posts.tsx';
import { Recovery } from './recovery/Recovery.tsx';
import { Recertification } from './recertification/Recertification.tsx';
import { Requests } from './requests/Requests.tsx';

const SCREENS: Record<AccessPart, ComponentType<{ readonly id: string | null }>> = {
  requests: Requests,
  recertification: Recertification,
  emergency: Emergency,
  recovery: Recovery,
  people: People,
  posts: Posts,
  guests: Guests,
  computers: Computers,
  leavers: Leavers,
  late: LateWork,
  movements: Movements,
  audit: Audit,
};

export function Access({ part, id }: { readonly part: AccessPart | null; readonly id: string | null }) {
  const view = useView('access');
  const go = useScreens((screens) => screens.go);
  if (view === undefined) return <OpeningScreen title="Access" what="access" />;
  const parts = PARTS.filter((one) => isFor(one, view));
  const now = parts.find((one) => one.id === part)?.id ?? parts[0]?.id ?? 'people';
  const Screen = SCREENS[now];
  return (
    <div className="screen access">
      <header>
        <h1>Access</h1>
        <nav aria-label="Parts of Access">
          <ul className="access-parts">
            {parts.map(({ id: to, title }) => (
              <li key={to}>
                <button
                  type="button"
                  aria-current={to === now ? 'page' : undefined}
                  onClick={() => go({ at: 'access', part: to, id: null })}
                >
                  {title}
                </button>
              </li>
            ))}
          </ul>
        </nav>
      </header>
      <Screen key={now} id={id} />
    </div>
  );
}
