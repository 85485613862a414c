'use client';

import { useEffect } from 'react';

type Batch = {
  /** Whether something is on its way that would be lost with the page. */
  active: boolean;
  /** From 0 to 1, of all together. */
  progress: number;
};

/**
 * A batch as a person sees it who looks at another tab: its share in the title and the icon. Closing the page
 * asks first, but only while something is on its way.
 */
export function BatchInTab({ active, progress }: Batch) {
  const percent = active ? Math.floor(progress * 100) : undefined;
  useTitle(percent);
  useIcon(percent);
  useEffect(() => {
    if (!active) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [active]);
  return null;
}

const shown = /^\d+% · /;

function useTitle(percent: number | undefined) {
  useEffect(() => {
    const write = () => {
      const title = document.title.replace(shown, '');
      const wanted = percent === undefined ? title : `${percent}% · ${title}`;
      if (document.title !== wanted) document.title = wanted;
    };
    write();
    if (percent === undefined) return;
    // Another page of the app has another title.
    const watch = new MutationObserver(write);
    watch.observe(document.head, { childList: true, subtree: true, characterData: true });
    return () => watch.disconnect();
  }, [percent]);
}

const SIDE = 64;

function useIcon(percent: number | undefined) {
  useEffect(() => {
    const link = document.querySelector<HTMLLinkElement>('link[rel~="icon"]');
    if (!link) return;
    const own = link.dataset['own'] ?? link.href;
    if (percent === undefined) {
      if (link.dataset['own'] !== undefined) link.href = own;
      delete link.dataset['own'];
      return;
    }
    link.dataset['own'] = own;
    link.href = ringOf(percent) ?? own;
  }, [percent]);
}

/** A ring that closes, in the product’s colour, to be told apart at 16 pixels. */
function ringOf(percent: number): string | undefined {
  const canvas = document.createElement('canvas');
  canvas.width = SIDE;
  canvas.height = SIDE;
  const pen = canvas.getContext('2d');
  if (!pen) return undefined;
  const style = getComputedStyle(document.documentElement);
  const middle = SIDE / 2;
  const arc = (share: number, colour: string) => {
    pen.beginPath();
    pen.strokeStyle = colour;
    pen.arc(middle, middle, middle - 8, -Math.PI / 2, (share * 2 - 0.5) * Math.PI);
    pen.stroke();
  };
  pen.lineWidth = 14;
  arc(1, 'rgb(128 128 128 / 0.35)');
  arc(percent / 100, style.getPropertyValue('--primary').trim() || '#1558d6');
  return canvas.toDataURL();
}
