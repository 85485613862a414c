'use client';

import { createContext, type ReactNode, useContext, useEffect, useState } from 'react';
import { type Shortcut, ShortcutRegistry } from '../../lib/shortcuts.ts';
import { readSingleKeys, ShortcutSheet } from './shortcut-sheet.tsx';

type Value = { registry: ShortcutRegistry; openSheet: () => void };

const ShortcutContext = createContext<Value | null>(null);

/** The one place where keys are heard; the sheet that `?` opens lists what is bound right now. */
export function Shortcuts({ children }: { children: ReactNode }) {
  const [registry] = useState(() => new ShortcutRegistry());
  const [open, setOpen] = useState(false);
  const [value] = useState(() => ({ registry, openSheet: () => setOpen(true) }));

  useEffect(() => {
    registry.singleKeys = readSingleKeys();
    const forget = registry.add([
      { keys: ['?'], label: 'Show keyboard shortcuts', group: 'Everywhere', run: value.openSheet },
    ]);
    window.addEventListener('keydown', registry.down);
    window.addEventListener('keyup', registry.up);
    window.addEventListener('blur', registry.letGo);
    return () => {
      forget();
      window.removeEventListener('keydown', registry.down);
      window.removeEventListener('keyup', registry.up);
      window.removeEventListener('blur', registry.letGo);
    };
  }, [registry, value]);

  return (
    <ShortcutContext value={value}>
      {children}
      <ShortcutSheet registry={registry} open={open} onOpenChange={setOpen} />
    </ShortcutContext>
  );
}

function useShortcutContext(): Value {
  const value = useContext(ShortcutContext);
  if (!value) throw new Error('shortcuts need Shortcuts above them');
  return value;
}

export function useShortcutSheet(): () => void {
  return useShortcutContext().openSheet;
}

/** Binds keys for as long as the component is on the page. They are bound anew with every render. */
export function useShortcuts(shortcuts: readonly Shortcut[]): void {
  const { registry } = useShortcutContext();
  useEffect(() => registry.add(shortcuts));
}
