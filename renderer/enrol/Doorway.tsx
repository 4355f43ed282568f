/**
 * The page before the frame: what Joinder is on one side, what is asked on the other. First run and unlock stand in it.
 */
import './enrol.css';
import type { ReactNode } from 'react';
import { useTheme } from '../state/theme.ts';
import { Button } from '../ui/Button.tsx';
import { MoonIcon, SunIcon } from '../ui/icons.tsx';

export function Doorway({ children }: { readonly children: ReactNode }) {
  const { theme, toggle } = useTheme();
  return (
    <div className="doorway">
      <aside aria-label="Joinder">
        <p className="doorway-name">
          <span className="brand-mark" aria-hidden="true" />
          Joinder
        </p>
        <p className="doorway-line">Police and prosecutors build one case file, with or without a network.</p>
        <ul>
          <li>What you write is safe on this computer first.</li>
          <li>Nothing reaches another organisation before you release it.</li>
          <li>Beside every file stands where it is and whether it may be opened.</li>
        </ul>
      </aside>
      <main className="doorway-ask">
        <div className="doorway-corner">
          <Button kind="bare" small name={theme === 'dark' ? 'Light' : 'Dark'} onPress={toggle}>
            {theme === 'dark' ? <SunIcon /> : <MoonIcon />}
          </Button>
        </div>
        {children}
      </main>
    </div>
  );
}
