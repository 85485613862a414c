'use client';

import { createContext, use, useEffect, useId, useRef } from 'react';
import type { Shortcut } from '../../lib/shortcuts/shortcut.ts';

export type Registry = {
  /** Binds a list until the returned function is called. */
  add: (id: string, read: () => readonly Shortcut[]) => () => void;
  /** All that is bound now. */
  all: () => readonly Shortcut[];
};

export const RegistryContext = createContext<Registry | null>(null);

export function useRegistry(): Registry {
  const registry = use(RegistryContext);
  if (registry === null) throw new Error('there is no <Shortcuts> around this');
  return registry;
}

/** Binds keys while the component is there. */
export function useShortcuts(shortcuts: readonly Shortcut[]): void {
  const registry = useRegistry();
  const id = useId();
  const latest = useRef(shortcuts);
  useEffect(() => {
    latest.current = shortcuts;
  });
  useEffect(() => registry.add(id, () => latest.current), [registry, id]);
}
