import type { Page, Request } from 'playwright-core';

export interface Visit {
  /** What the browser did with the address. */
  readonly got: 'page' | 'download';
  readonly dialogs: number;
  /** Cookies of the host as the opened page sees them; "denied" when it may not look. */
  readonly cookies: string;
  readonly origin: string;
  /** Scripts and workers in it, and requests that it made beside itself. */
  readonly more: readonly string[];
  /** Cookies that were sent for it. */
  readonly sentCookies: string | undefined;
}

const PATIENCE_MS = 10_000;

/** Opens an address as a person does who clicks on a link, and sees what comes of it. */
export async function visit(page: Page, url: string): Promise<Visit> {
  const watched = watch(page, url);
  const downloading = page.waitForEvent('download', { timeout: PATIENCE_MS }).catch(() => null);
  const refusal = await page.goto(url, { waitUntil: 'load', timeout: PATIENCE_MS }).then(
    () => null,
    (error: Error) => error,
  );
  if (refusal === null) await page.mouse.click(20, 20);
  else {
    const download = await downloading;
    if (download === null) throw refusal;
    await download.path();
  }
  const inside = refusal === null ? await lookInside(page) : { cookies: '', origin: 'null' };
  const { dialogs, first, more } = watched.end();
  return {
    got: refusal === null ? 'page' : 'download',
    dialogs,
    ...inside,
    more: [...more, ...page.workers().map((worker) => worker.url())],
    sentCookies: (await first?.allHeaders())?.['cookie'],
  };
}

function watch(page: Page, url: string) {
  const seen: { dialogs: number; more: string[]; first?: Request } = { dialogs: 0, more: [] };
  const onDialog = (dialog: { dismiss(): Promise<void> }) => {
    seen.dialogs += 1;
    void dialog.dismiss();
  };
  const onRequest = (request: Request) => {
    if (request.url() === url) seen.first ??= request;
    else seen.more.push(request.url());
  };
  page.on('dialog', onDialog).on('request', onRequest);
  return {
    end() {
      page.off('dialog', onDialog).off('request', onRequest);
      return seen;
    },
  };
}

const lookInside = (page: Page) =>
  page.evaluate(() => {
    const cookies = () => {
      try {
        return document.cookie;
      } catch {
        return 'denied';
      }
    };
    return { cookies: cookies(), origin: window.origin };
  });
