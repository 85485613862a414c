'use client';

import { toast } from '@repo/ui/toaster';
import { useEffect } from 'react';

const lookEvery = 3_600_000;

/** Offers a new version once it is there; the page at work stays as it is until then. */
function offer(waiting: ServiceWorker): void {
  toast('A new version is ready.', {
    id: 'new-version',
    duration: Number.POSITIVE_INFINITY,
    action: {
      label: 'Reload',
      onClick: () => {
        const reload = () => window.location.reload();
        navigator.serviceWorker.addEventListener('controllerchange', reload, { once: true });
        waiting.postMessage('update');
      },
    },
  });
}

async function register(): Promise<ServiceWorkerRegistration> {
  const registration = await navigator.serviceWorker.register('/sw.js', { updateViaCache: 'none' });
  const look = () => {
    // The first one has nothing to replace.
    if (registration.waiting && navigator.serviceWorker.controller) offer(registration.waiting);
  };
  look();
  registration.addEventListener('updatefound', () =>
    registration.installing?.addEventListener('statechange', look),
  );
  return registration;
}

/** The worker that shows a page without a connection, and takes photos that are shared to the app. */
export function InstalledApp() {
  useEffect(() => {
    if (!('serviceWorker' in navigator)) return;
    const registered = register().catch(() => null);
    const update = () =>
      void registered.then((registration) => registration?.update().catch(() => undefined));
    const timer = setInterval(update, lookEvery);
    return () => clearInterval(timer);
  }, []);
  return null;
}
