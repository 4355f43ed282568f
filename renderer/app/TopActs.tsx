/** What the end of every top bar has: light or dark, and Lock. */
import { Button } from '../ui/Button.tsx';
import { LockIcon, MoonIcon, SunIcon } from '../ui/icons.tsx';
import { useTheme } from '../state/theme.ts';
import { lockNow } from './lockNow.ts';

export function TopActs() {
  const { theme, toggle } = useTheme();
  return (
    <>
      <Button kind="bare" small name={theme === 'dark' ? 'Light' : 'Dark'} onPress={toggle}>
        {theme === 'dark' ? <SunIcon /> : <MoonIcon />}
      </Button>
      <Button small onPress={() => void lockNow()}>
        <LockIcon />
        Lock
      </Button>
    </>
  );
}
