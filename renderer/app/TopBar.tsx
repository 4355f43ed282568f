/**
 * The bar on top: back, search across cases, another window, light or dark, lock.
 */
import type { RefObject } from 'react';
import { Button as AriaButton, Input, SearchField } from 'react-aria-components';
import { useScreens } from '../state/route.ts';
import { Button } from '../ui/Button.tsx';
import { BackIcon, CloseIcon, SearchIcon } from '../ui/icons.tsx';
import { desktop } from '../worker/desktop.ts';
import { TopActs } from './TopActs.tsx';

export function TopBar({ search }: { readonly search: RefObject<HTMLInputElement | null> }) {
  const { route, before, back } = useScreens();
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
      <TopActs />
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
