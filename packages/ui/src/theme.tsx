'use client';

import { Monitor, Moon, Sun } from 'lucide-react';
import {
  createContext,
  type ReactNode,
  useContext,
  useEffect,
  useMemo,
  useSyncExternalStore,
} from 'react';
import { Button } from './button.tsx';
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuRadioGroup,
  DropdownMenuRadioItem,
  DropdownMenuTrigger,
} from './dropdown-menu.tsx';
import { type Theme, themeStorageKey, themes } from './theme-script.tsx';

type ThemeValue = { theme: Theme; setTheme: (theme: Theme) => void };

const ThemeContext = createContext<ThemeValue | null>(null);
const darkQuery = '(prefers-color-scheme: dark)';
const changed = 'themechange';

function isTheme(value: unknown): value is Theme {
  return themes.some((theme) => theme === value);
}

function apply(theme: Theme) {
  const root = document.documentElement;
  root.classList.add('theme-switching');
  root.classList.toggle(
    'dark',
    theme === 'dark' || (theme === 'system' && matchMedia(darkQuery).matches),
  );
  root.dataset['theme'] = theme;
  requestAnimationFrame(() =>
    requestAnimationFrame(() => root.classList.remove('theme-switching')),
  );
}

function subscribe(notify: () => void) {
  window.addEventListener(changed, notify);
  window.addEventListener('storage', notify);
  return () => {
    window.removeEventListener(changed, notify);
    window.removeEventListener('storage', notify);
  };
}

function stored(): string | null {
  try {
    return localStorage.getItem(themeStorageKey);
  } catch {
    return null;
  }
}

function choose(theme: Theme) {
  try {
    localStorage.setItem(themeStorageKey, theme);
  } catch {
    // Storage may be switched off: the choice then lasts as long as the page.
  }
  apply(theme);
  window.dispatchEvent(new Event(changed));
}

/** Reads what `ThemeScript` put on `<html>` and follows later changes, other tabs' too. */
export function ThemeProvider({
  defaultTheme = 'system',
  children,
}: {
  defaultTheme?: Theme;
  children: ReactNode;
}) {
  const theme = useSyncExternalStore(
    subscribe,
    () => {
      const value = stored() ?? document.documentElement.dataset['theme'];
      return isTheme(value) ? value : defaultTheme;
    },
    () => defaultTheme,
  );

  useEffect(() => {
    apply(theme);
    if (theme !== 'system') return;
    const media = matchMedia(darkQuery);
    const follow = () => apply('system');
    media.addEventListener('change', follow);
    return () => media.removeEventListener('change', follow);
  }, [theme]);

  const value = useMemo(() => ({ theme, setTheme: choose }), [theme]);
  return <ThemeContext value={value}>{children}</ThemeContext>;
}

export function useTheme(): ThemeValue {
  const value = useContext(ThemeContext);
  if (!value) throw new Error('useTheme needs a ThemeProvider above it');
  return value;
}

const choices = [
  { value: 'light', label: 'Light', icon: Sun },
  { value: 'dark', label: 'Dark', icon: Moon },
  { value: 'system', label: 'System', icon: Monitor },
] as const;

/** The three choices, for a menu that already exists (the account menu, say). */
export function ThemeMenuItems() {
  const { theme, setTheme } = useTheme();
  return (
    <DropdownMenuRadioGroup
      value={theme}
      onValueChange={(value) => isTheme(value) && setTheme(value)}
    >
      {choices.map(({ value, label, icon: Icon }) => (
        <DropdownMenuRadioItem key={value} value={value}>
          <Icon aria-hidden="true" />
          {label}
        </DropdownMenuRadioItem>
      ))}
    </DropdownMenuRadioGroup>
  );
}

export function ThemeToggle({ className }: { className?: string }) {
  return (
    <DropdownMenu>
      <DropdownMenuTrigger asChild>
        <Button variant="ghost" size="icon" aria-label="Theme" className={className}>
          <Sun className="dark:hidden" />
          <Moon className="hidden dark:block" />
        </Button>
      </DropdownMenuTrigger>
      <DropdownMenuContent align="end" className="min-w-36">
        <ThemeMenuItems />
      </DropdownMenuContent>
    </DropdownMenu>
  );
}
