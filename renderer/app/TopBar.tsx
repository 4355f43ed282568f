/**
 * The bar on top: back, search across cases, another window, light or dark, lock.
 */
import type { RefObject } from 'react';
import { Button as AriaButton, Input, SearchField } from 'react-aria-components';
import { useScreens } from '../state/route.ts';
import { useTheme } from '../state/theme.ts';
import { Button } from '../ui/Button.tsx';
import { BackIcon, CloseIcon, LockIcon, MoonIcon, SearchIcon, SunIcon } from '../ui/icons.tsx';
import { desktop } from '../worker/desktop.ts';
import { lockNow } from './lockNow.ts';

export function TopBar({ search }: { readonly search: RefObject<HTMLInputElement | null> }) {
  const { route, before, back } = useScreens();
  const { theme, toggle } = useTheme();
  return (
    <header className="topbar">
      <Button kind="bare" small name="Back" onPress={back} disabled={before.length === 0 && route.at === 'cases'}>
        <BackIcon />
      </Button>
      <Search search={search} />
      <span className="push" />
      <Button kind="bare" small onPress={() => void desktop().newWindow()}>
        New window
      </Button>
      <Button kind="bare" small name={theme === 'dark' ? 'Light' : 'Dark'} onPress={toggle}>
        {theme === 'dark' ? <SunIcon /> : <MoonIcon />}
      </Button>
      <Button small onPress={() => void lockNow()}>
        <LockIcon />
        Lock
      </Button>
    </header>
  );
}

function Search({ search }: { readonly search: RefObject<HTMLInputElement | null> }) {
  const { route, search: text, find, go } = useScreens();
  return (
    <SearchField
      className="search"
      aria-label="Search cases"
      value={text}
      onChange={(value) => {
        find(value);
        if (value !== '' && route.at !== 'cases') go({ at: 'cases' });
      }}
    >
      <SearchIcon />
      <Input ref={search} className="input" placeholder="Search cases: title, URN, name (Ctrl+K)" spellCheck={false} />
      <AriaButton className="button bare small">
        <CloseIcon />
      </AriaButton>
    </SearchField>
  );
}
