import type { Theme } from '$lib/map/palette';

const KEPT = 'hatang.theme';

class Appearance {
  theme = $state<Theme>('light');
}

export const appearance = new Appearance();

/** Starts with the theme that the person chose before, else with the system's. */
export function followTheme(): void {
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const chosen = (): Theme | null => {
    const kept = localStorage.getItem(KEPT);
    return kept === 'light' || kept === 'dark' ? kept : null;
  };
  appearance.theme = chosen() ?? (dark.matches ? 'dark' : 'light');
  dark.addEventListener('change', () => {
    appearance.theme = chosen() ?? (dark.matches ? 'dark' : 'light');
  });
  $effect.root(() => {
    $effect(() => {
      document.documentElement.dataset.theme = appearance.theme;
    });
  });
}

export function toggleTheme(): void {
  appearance.theme = appearance.theme === 'light' ? 'dark' : 'light';
  localStorage.setItem(KEPT, appearance.theme);
}
