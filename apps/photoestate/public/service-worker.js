// @ts-check
/// <reference lib="webworker" />
/*
 * Loaded by /sw.js, which names the build. It keeps one page, the one shown without a connection, and takes photos
 * that are shared to the app. Answers of the server, and pages with anybody's data, are never kept.
 */

const worker = /** @type {ServiceWorkerGlobalScope & { BUILD: string }} */ (
  /** @type {unknown} */ (self)
);

const SHELL = `shell-${worker.BUILD}`;
const SHELL_FILES = ['/offline.html', '/offline.css', '/offline.js', '/icons/icon-192.png'];

worker.addEventListener('install', (event) => {
  const fresh = SHELL_FILES.map((path) => new Request(path, { cache: 'reload' }));
  event.waitUntil(caches.open(SHELL).then((cache) => cache.addAll(fresh)));
});

worker.addEventListener('activate', (event) => {
  event.waitUntil(
    (async () => {
      const names = await caches.keys();
      await Promise.all(names.filter((name) => name !== SHELL).map((name) => caches.delete(name)));
      // Pages do not wait for this worker to start.
      await worker.registration.navigationPreload?.enable();
      await worker.clients.claim();
    })(),
  );
});

// A new version waits until the person says so: nothing changes under a page at work.
worker.addEventListener('message', ({ data }) => {
  if (data === 'update') void worker.skipWaiting();
});

worker.addEventListener('fetch', (event) => {
  const { request } = event;
  const { pathname, origin } = new URL(request.url);
  if (origin !== worker.location.origin) return;
  if (request.method === 'POST' && pathname === '/share/photos') {
    event.respondWith(takeShared(request));
  } else if (request.mode === 'navigate' && request.method === 'GET') {
    event.respondWith(open(event));
  } else if (SHELL_FILES.includes(pathname)) {
    event.respondWith(fetch(request).catch(() => fromShell(pathname)));
  }
});

/** @param {FetchEvent} event */
async function open(event) {
  try {
    return (await event.preloadResponse) ?? (await fetch(event.request));
  } catch {
    return fromShell('/offline.html');
  }
}

/** @param {string} path */
async function fromShell(path) {
  return (await caches.match(path, { cacheName: SHELL })) ?? Response.error();
}

/**
 * Photos that another app shared are put where the page finds them: see lib/offline/shared-photos.ts.
 *
 * @param {Request} request
 */
async function takeShared(request) {
  // Phones share from outside of any page; a page elsewhere that posts here would put its photos into a listing.
  if (request.headers.get('sec-fetch-site') === 'cross-site') {
    return new Response('Photos are shared by apps of this device alone.', { status: 403 });
  }
  const form = await request.formData();
  const files = form.getAll('photos').filter((each) => each instanceof File && each.size > 0);
  await new Promise((resolve, reject) => {
    const opening = indexedDB.open('shared-photos', 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore('rows', { keyPath: 'id' });
    opening.onerror = () => reject(opening.error);
    opening.onsuccess = () => {
      const transaction = opening.result.transaction('rows', 'readwrite');
      for (const file of files) {
        transaction.objectStore('rows').put({ id: crypto.randomUUID(), file });
      }
      transaction.oncomplete = resolve;
      transaction.onabort = () => reject(transaction.error);
    };
  });
  return Response.redirect('/share', 303);
}
