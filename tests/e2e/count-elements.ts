import type { Page } from 'playwright-core';

type Watching = { mostElements?: number };

/** From the next page on, counts the elements of the whole body at each frame. */
export const watchElements = (page: Page) =>
  page.addInitScript(() => {
    const seen = globalThis as Watching;
    const look = () => {
      const now = document.body?.querySelectorAll('*').length ?? 0;
      seen.mostElements = Math.max(seen.mostElements ?? 0, now);
      requestAnimationFrame(look);
    };
    look();
  });
export const mostElements = (page: Page) =>
  page.evaluate(() => (globalThis as Watching).mostElements);

/** Elements of the page, at most, on the way down to its end. */
export async function scrollDown(page: Page): Promise<number> {
  return page.evaluate(async () => {
    let most = 0;
    let rest = 20;
    while (rest > 0) {
      window.scrollBy({ top: 700 });
      await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 20)));
      most = Math.max(most, document.body.querySelectorAll('*').length);
      const { scrollHeight } = document.documentElement;
      // More may be on the way.
      rest = window.scrollY + window.innerHeight >= scrollHeight - 2 ? rest - 1 : 20;
    }
    return most;
  });
}
