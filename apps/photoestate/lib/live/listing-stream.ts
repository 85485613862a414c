import { z } from 'zod';

const Event = z.discriminatedUnion('type', [
  z.object({ type: z.literal('listing') }),
  z.object({ type: z.literal('photo') }),
  z.object({ type: z.literal('scene') }),
  z.object({ type: z.literal('batch') }),
  z.object({
    type: z.literal('enhancement'),
    id: z.string(),
    sceneId: z.string(),
    status: z.enum(['queued', 'running', 'done', 'failed', 'cancelled']),
    progress: z.number(),
    step: z.string().nullable(),
    firstLook: z
      .object({ url: z.string(), width: z.number().positive(), height: z.number().positive() })
      .nullable()
      .catch(null),
  }),
]);
export type ListingNews = z.infer<typeof Event>;
export type EnhancementNews = Extract<ListingNews, { type: 'enhancement' }>;

type Handlers = {
  onNews: (news: ListingNews) => void;
  /** True once the server greets; false from the moment the connection is lost. */
  onConnected: (connected: boolean) => void;
};

const longestWait = 30_000;

function parse(data: unknown): ListingNews | undefined {
  try {
    return Event.safeParse(JSON.parse(String(data))).data;
  } catch {
    return undefined;
  }
}

/**
 * Follows a listing until the returned function is called. The browser reconnects a broken stream by
 * itself, but gives up when the server answers with an error; then it is tried again here, later each time.
 */
export function followListing(listingId: string, { onNews, onConnected }: Handlers): () => void {
  let source: EventSource | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let failures = 0;
  const open = () => {
    clearTimeout(timer);
    source?.close();
    source = new EventSource(`/api/listings/${encodeURIComponent(listingId)}/events`);
    source.addEventListener('hello', () => {
      failures = 0;
      onConnected(true);
    });
    source.addEventListener('change', ({ data }) => {
      const news = parse(data);
      if (news) onNews(news);
    });
    source.onerror = () => {
      onConnected(false);
      if (source?.readyState !== EventSource.CLOSED) return;
      failures += 1;
      timer = setTimeout(open, Math.min(longestWait, 1000 * 2 ** failures));
    };
  };
  // Browsers keep few connections for a site: a tab that nobody looks at needs none.
  const follow = () => {
    if (!document.hidden) return open();
    clearTimeout(timer);
    source?.close();
    onConnected(false);
  };
  follow();
  document.addEventListener('visibilitychange', follow);
  return () => {
    document.removeEventListener('visibilitychange', follow);
    clearTimeout(timer);
    source?.close();
  };
}
