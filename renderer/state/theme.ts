/**
 * Light or dark: what the computer prefers until a person chooses. Owns `data-theme` on the page, which the tokens follow.
 */
import { create } from 'zustand';

type Theme = 'light' | 'dark';

const KEY = 'joinder.theme';
const dark = window.matchMedia('(prefers-color-scheme: dark)');

const chosen = (): Theme | null => {
  const stored = localStorage.getItem(KEY);
  return stored === 'light' || stored === 'dark' ? stored : null;
};

export const useTheme = create<{ readonly theme: Theme; readonly toggle: () => void }>((set, get) => ({
  theme: chosen() ?? (dark.matches ? 'dark' : 'light'),
  toggle: () => {
    const theme = get().theme === 'dark' ? 'light' : 'dark';
    localStorage.setItem(KEY, theme);
    set({ theme });
  },
}));

const show = (theme: Theme): void => {
  document.documentElement.dataset['theme'] = theme;
};

show(useTheme.getState().theme);
useTheme.subscribe((state) => show(state.theme));
dark.addEventListener('change', () => {
  if (chosen() === null) useTheme.setState({ theme: dark.matches ? 'dark' : 'light' });
});
