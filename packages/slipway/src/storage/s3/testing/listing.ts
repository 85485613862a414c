export interface Listing {
  add(key: string, size: number): void;
  has(key: string): boolean;
  remove(key: string): void;
  /** The answer to ListObjectsV2: bytewise, a thousand at a time. */
  page(search: URLSearchParams): string;
}

const PAGE = 1000;

/** Which objects there are; fauxqs sorts them as a dictionary would. */
export function listing(now: () => Date): Listing {
  const objects = new Map<string, { size: number; at: Date }>();
  return {
    add: (key, size) => void objects.set(key, { size, at: now() }),
    has: (key) => objects.has(key),
    remove: (key) => void objects.delete(key),
    page(search) {
      const prefix = search.get('prefix') ?? '';
      const after = search.get('continuation-token') ?? search.get('start-after') ?? '';
      const found = [...objects]
        .filter(([key]) => key.startsWith(prefix) && key > after)
        .sort(([a], [b]) => (a < b ? -1 : 1));
      const page = found.slice(0, PAGE);
      const truncated = found.length > page.length;
      const elements = page.map(
        ([key, { size, at }]) =>
          `<Contents><Key>${key}</Key><Size>${size}</Size><LastModified>${at.toISOString()}</LastModified></Contents>`,
      );
      const next = truncated
        ? `<NextContinuationToken>${page.at(-1)?.[0]}</NextContinuationToken>`
        : '';
      return `<?xml version="1.0" encoding="UTF-8"?>\n<ListBucketResult><IsTruncated>${truncated}</IsTruncated>${next}${elements.join('')}</ListBucketResult>`;
    },
  };
}
