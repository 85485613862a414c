import type { Page } from 'playwright-core';

/** What a page did while it was watched. */
export interface Motion {
  /** Milliseconds from one drawn frame to the next. */
  readonly p50: number;
  readonly p95: number;
  readonly longest: number;
  /** Tasks of more than 50 ms: how many, and the longest of them. */
  readonly tasks: number;
  readonly longestTask: number;
  /** In the list that was asked about, at most, counted at each frame. */
  readonly elements: number;
}

/** Watches the page's frames and tasks while something is done to it. */
export async function watchFrames(
  page: Page,
  list: string,
  act: () => Promise<unknown>,
): Promise<Motion> {
  await page.evaluate(beginWatching, list);
  await act();
  const { frames, tasks, elements } = await page.evaluate(() =>
    (globalThis as unknown as { endWatching: () => Watched }).endWatching(),
  );
  const sorted = frames.toSorted((one, other) => one - other);
  const at = (share: number) => sorted[Math.floor((sorted.length - 1) * share)] ?? 0;
  return {
    p50: at(0.5),
    p95: at(0.95),
    longest: at(1),
    tasks: tasks.length,
    longestTask: Math.max(0, ...tasks),
    elements,
  };
}

interface Watched {
  frames: number[];
  tasks: number[];
  elements: number;
}

/** Runs in the page. */
function beginWatching(list: string): void {
  const seen: Watched = { frames: [], tasks: [], elements: 0 };
  const observer = new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) seen.tasks.push(duration);
  });
  observer.observe({ type: 'longtask' });
  let last = performance.now();
  let watching = true;
  const frame = (now: number) => {
    seen.frames.push(now - last);
    last = now;
    seen.elements = Math.max(seen.elements, document.querySelectorAll(`${list} *`).length);
    if (watching) requestAnimationFrame(frame);
  };
  requestAnimationFrame((now) => {
    last = now;
    requestAnimationFrame(frame);
  });
  Object.assign(globalThis, {
    endWatching: () => {
      watching = false;
      observer.disconnect();
      return seen;
    },
  });
}
