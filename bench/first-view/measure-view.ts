import type { Browser, Page } from 'playwright-core';

/** As Lighthouse has it for desktops. */
export const LINE = { latency: 40, megabits: 10.24 };

export interface View {
  /** First contentful paint, largest contentful paint, and until all pictures in sight are there, in ms. */
  readonly fcp: number;
  readonly lcp: number;
  readonly pictures: number;
  /** Cumulative layout shift. */
  readonly cls: number;
  /** What long tasks blocked beyond 50 ms each, after the first paint, in ms. */
  readonly tbt: number;
  readonly requests: number;
  readonly kilobytes: number;
  readonly elements: number;
}

interface Target {
  url: string;
  cookies: Parameters<Awaited<ReturnType<Browser['newContext']>>['addCookies']>[0];
  /** Of what the page is about: it is there when this many are. */
  selector: string;
}

/** One look at a page by a browser that has never been there. */
export async function measureView(
  browser: Browser,
  { url, cookies, selector }: Target,
): Promise<View> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  try {
    await context.addCookies(cookies);
    const page = await context.newPage();
    const session = await context.newCDPSession(page);
    await session.send('Network.enable');
    await session.send('Network.emulateNetworkConditions', {
      offline: false,
      latency: LINE.latency,
      downloadThroughput: (LINE.megabits * 1_000_000) / 8,
      uploadThroughput: (LINE.megabits * 1_000_000) / 8,
    });
    let [requests, bytes] = [0, 0];
    session.on('Network.requestWillBeSent', () => {
      requests += 1;
    });
    session.on('Network.loadingFinished', ({ encodedDataLength }) => {
      bytes += encodedDataLength;
    });
    await page.addInitScript(observe);
    await page.goto(url, { waitUntil: 'commit' });
    await page.locator(selector).first().waitFor();
    const pictures = await picturesShown(page);
    // What comes late would still move the page, or block it.
    await page.waitForTimeout(1_500);
    const seen = await page.evaluate(() => ({
      ...(globalThis as unknown as { seen: { fcp: number; lcp: number; cls: number; tbt: number } })
        .seen,
      elements: document.querySelectorAll('*').length,
    }));
    return { ...seen, pictures, requests, kilobytes: bytes / 1000 };
  } finally {
    await context.close();
  }
}

/** Runs in the page, before anything of it. */
function observe(): void {
  const seen = { fcp: 0, lcp: 0, cls: 0, tbt: 0 };
  Object.assign(globalThis, { seen });
  const watch = (type: string, note: (entry: PerformanceEntry) => void) =>
    new PerformanceObserver((list) => list.getEntries().forEach(note)).observe({
      type,
      buffered: true,
    });
  watch('paint', ({ name, startTime }) => {
    if (name === 'first-contentful-paint') seen.fcp = startTime;
  });
  watch('largest-contentful-paint', ({ startTime }) => {
    seen.lcp = startTime;
  });
  watch('layout-shift', (entry) => {
    const { value, hadRecentInput } = entry as PerformanceEntry & {
      value: number;
      hadRecentInput: boolean;
    };
    if (!hadRecentInput) seen.cls += value;
  });
  watch('longtask', ({ startTime, duration }) => {
    if (seen.fcp > 0 && startTime >= seen.fcp) seen.tbt += Math.max(0, duration - 50);
  });
}

/** When the last picture in the window was there, by the page's own clock. */
function picturesShown(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const inSight = () =>
      [...document.images].filter((image) => {
        const { top, bottom, left, right } = image.getBoundingClientRect();
        return bottom > 0 && top < innerHeight && right > 0 && left < innerWidth;
      });
    const until = performance.now() + 30_000;
    while (performance.now() < until) {
      const images = inSight();
      if (
        images.length > 0 &&
        images.every(({ complete, naturalWidth }) => complete && naturalWidth)
      )
        return performance.now();
      await new Promise((resolve) => requestAnimationFrame(resolve));
    }
    throw new Error('pictures in sight are not there after 30 s');
  });
}
