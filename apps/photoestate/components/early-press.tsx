'use client';

import { useEffect } from 'react';

declare global {
  interface Window {
    /** The button that was pressed last before this was asked, and when. */
    earlyPress?: () => { button?: HTMLElement; at?: number };
  }
}

/** Runs while the page is read, long before any other script of it. */
const LISTEN = `(() => {
  let button, at;
  const hear = (event) => {
    const pressed = event.target.closest('button');
    if (pressed) [button, at] = [pressed, event.timeStamp];
  };
  addEventListener('click', hear, true);
  window.earlyPress = () => {
    removeEventListener('click', hear, true);
    delete window.earlyPress;
    return { button, at };
  };
})()`;

/** Older than this it is no answer any more. */
const MOST_MS = 5_000;

/** A page that the server drew is seen a moment before it hears: what was pressed meanwhile is pressed then. */
export function EarlyPress() {
  useEffect(() => {
    const { button, at = 0 } = window.earlyPress?.() ?? {};
    if (!button?.isConnected || performance.now() - at > MOST_MS) return;
    // A press that comes while React takes the page over makes it do that at once, and is heard by itself.
    if (window.event?.timeStamp === at) return;
    // Menus open by this one.
    button.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true, cancelable: true }));
    button.click();
  }, []);
  // biome-ignore lint/security/noDangerouslySetInnerHtml: the text above
  return <script dangerouslySetInnerHTML={{ __html: LISTEN }} />;
}
