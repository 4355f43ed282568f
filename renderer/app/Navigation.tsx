/**
 * Where one can go. A number beside a place says how much is there that this person should look at.
 */
import type { ReactNode } from 'react';
import type { Route } from '../state/route.ts';
import { useScreens } from '../state/route.ts';
import { AccessIcon, CasesIcon, InboxIcon, MeasuresIcon, NeedsIcon, RulesIcon, TransfersIcon } from '../ui/icons.tsx';
import { useView } from '../worker/views.ts';
import { CaseSections } from './CaseSections.tsx';

interface Place {
  readonly route: Route;
  readonly text: string;
  readonly icon: ReactNode;
  readonly within: readonly Route['at'][];
  readonly count: number;
}

export function Navigation() {
  const go = useScreens((screens) => screens.go);
  const at = useScreens((screens) => screens.route.at);
  const inbox = useView('inbox');
  const link = useView('link');
  const access = useView('access');
  const waiting = inbox?.filter((pkg) => pkg.can.accept || pkg.can.return).length ?? 0;
  const places: readonly Place[] = [
    {
      route: { at: 'cases' },
      text: 'Cases',
      icon: <CasesIcon />,
      within: ['cases', 'new case', 'case', 'package'],
      count: 0,
    },
    { route: { at: 'inbox', package: null }, text: 'Inbox', icon: <InboxIcon />, within: ['inbox'], count: waiting },
    {
      route: { at: 'needs me' },
      text: 'Needs me',
      icon: <NeedsIcon />,
      within: ['needs me'],
      count: link?.needsMe ?? 0,
    },
    {
      route: { at: 'transfers' },
      text: 'Transfers',
      icon: <TransfersIcon />,
      within: ['transfers'],
      count: (link?.uploads ?? 0) + (link?.downloads ?? 0),
    },
    { route: { at: 'measures' }, text: 'Measures', icon: <MeasuresIcon />, within: ['measures'], count: 0 },
    {
      route: { at: 'access', part: null, id: null },
      text: 'Access',
      icon: <AccessIcon />,
      within: ['access'],
      count: access?.needs.length ?? 0,
    },
    { route: { at: 'rules' }, text: 'Rules', icon: <RulesIcon />, within: ['rules'], count: 0 },
  ];
  return (
    <nav className="navigation" aria-label="Joinder">
      <span className="brand" aria-hidden="true">
        <span className="brand-mark" />
        Joinder
      </span>
      <ul>
        {places.map((place) => (
          <li key={place.text}>
            <button
              type="button"
              onClick={() => go(place.route)}
              aria-current={
                place.within.includes(at) ? (at === 'case' && place.text === 'Cases' ? 'true' : 'page') : undefined
              }
            >
              {place.icon}
              <span>{place.text} </span>
              {place.count > 0 && (
                <span className="count">
                  {place.count}
                  <span className="unseen"> waiting</span>
                </span>
              )}
            </button>
          </li>
        ))}
      </ul>
      <CaseSections />
    </nav>
  );
}
