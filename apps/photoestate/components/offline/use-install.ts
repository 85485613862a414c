'use client';

import { useSyncExternalStore } from 'react';

type InstallEvent = Event & { prompt: () => Promise<unknown> };

let offered: InstallEvent | null = null;
const listeners = new Set<() => void>();

function set(event: InstallEvent | null): void {
  offered = event;
  for (const listener of listeners) listener();
}

// Browsers offer it once, and perhaps before any page that asks is drawn.
globalThis.addEventListener?.('beforeinstallprompt', (event) => {
  event.preventDefault();
  set(event as InstallEvent);
});
globalThis.addEventListener?.('appinstalled', () => set(null));

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Installs the product as an app; null where the browser does not offer that, or it is done. */
export function useInstall(): (() => void) | null {
  const event = useSyncExternalStore(
    subscribe,
    () => offered,
    () => null,
  );
  if (!event) return null;
  return () => {
    set(null);
    void event.prompt();
  };
}
