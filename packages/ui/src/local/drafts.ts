const PREFIX = 'draft:';

/**
 * What is typed or chosen and not saved yet, kept by the browser for as long as the tab: after a reload, or a crash,
 * it is there again. Browsers that keep nothing for pages lose it, as they always did.
 */
export function keepDraft(key: string, value: unknown): void {
  try {
    sessionStorage.setItem(PREFIX + key, JSON.stringify(value));
  } catch {
    // It lasts as long as the page, then.
  }
}

export function readDraft<T>(key: string): T | undefined {
  try {
    const text = sessionStorage.getItem(PREFIX + key);
    return text === null ? undefined : (JSON.parse(text) as T);
  } catch {
    return undefined;
  }
}

/** It is saved, or nobody wants it any more. */
export function dropDraft(key: string): void {
  try {
    sessionStorage.removeItem(PREFIX + key);
  } catch {
    // Nothing was kept, either.
  }
}

/** Forgets everybody's, at the end of a session; other pages of this browser do the same. */
export function forgetDrafts(): void {
  forgetOwn();
  ends?.postMessage('ended');
}

function forgetOwn(): void {
  try {
    for (const key of Object.keys(sessionStorage))
      if (key.startsWith(PREFIX)) sessionStorage.removeItem(key);
  } catch {
    // Nothing was kept, either.
  }
}

// A server that renders the page has nothing to forget.
const ends =
  typeof window === 'undefined' || !globalThis.BroadcastChannel
    ? undefined
    : new BroadcastChannel('ended-sessions');
ends?.addEventListener('message', forgetOwn);
