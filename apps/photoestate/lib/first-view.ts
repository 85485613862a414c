import { getPhotoestateRuntime, type PagesBridge } from '@repo/photoestate/runtime';
import { headers } from 'next/headers';
import { preconnect } from 'react-dom';
import { getSession } from './session.ts';

/** What a page knows before its script runs, and since when. */
export type FirstView<T> = { data: T; at: number };

/** Longer than this nobody waits for a page with everything in it: its frame comes, and asks by itself. */
const PATIENCE_MS = 500;

type Session = Parameters<PagesBridge['openListing']>[0];

/**
 * What a page opens with, sent along with it: its pictures are on their way before any script is. For whoever
 * comes from elsewhere; who walks from page to page has a script that asks, and may know it already.
 * What is refused is left to that script, too, which says why.
 */
export async function firstView<T>(
  load: (bridge: PagesBridge, session: Session) => Promise<T>,
): Promise<FirstView<T> | undefined> {
  const session = await getSession();
  const isNavigation = (await headers()).get('sec-fetch-mode') === 'navigate';
  if (session === null || !isNavigation) return undefined;
  const bridge = getPhotoestateRuntime();
  preconnect(bridge.picturesUrl);
  const at = Date.now();
  const loading = load(bridge, session).then(
    (data) => ({ data, at }),
    () => undefined,
  );
  let timer: ReturnType<typeof setTimeout> | undefined;
  const enough = new Promise<undefined>((resolve) => {
    timer = setTimeout(resolve, PATIENCE_MS, undefined);
  });
  return Promise.race([loading, enough]).finally(() => clearTimeout(timer));
}
