import type { Sample } from './fill.ts';

export const PAGE = 50;
/** Of the dashboard's pages after the first. */
const LATER_PAGE = 500;

export interface Question {
  readonly name: string;
  /** Of the dashboard, or by REST with a key. */
  readonly path: string;
  /** Files, or other rows, that the answer has to hold; whatever it holds without. */
  readonly expected?: number;
  /** Of a download that is as long as the list: until its first line. */
  readonly begins?: true;
}

const trpc = (procedure: string, input: unknown) =>
  `/api/trpc/${procedure}?input=${encodeURIComponent(JSON.stringify({ json: input }))}`;

const daysFrom = (time: Date, days: number) =>
  new Date(time.getTime() + days * 86_400_000).toISOString();

type Query = Readonly<Record<string, string | number>>;
type Asked = readonly [name: string, query: Query, expected: number];

const FILTERS: readonly Asked[] = [
  ['newest first', {}, PAGE],
  ['oldest first', { order: 'asc' }, PAGE],
  ['by name', { sort: 'name' }, PAGE],
  ['by name, from Z', { sort: 'name', order: 'desc' }, PAGE],
  ['largest first', { sort: 'size' }, PAGE],
  ['smallest first', { sort: 'size', order: 'asc' }, PAGE],
  ['date: none then', { to: '2001-01-01T00:00:00Z' }, 0],
  ['status of nearly all', { status: 'ready' }, PAGE],
  ['status of few', { status: 'rejected' }, PAGE],
  ['status of few, by name', { status: 'rejected', sort: 'name' }, PAGE],
  ['status of none', { status: 'failed' }, 0],
  ['status of none, by size', { status: 'failed', sort: 'size' }, 0],
  ['on their way', { status: 'pending' }, PAGE],
  ['deleted', { status: 'deleted' }, PAGE],
  ['trash', { trash: 'true' }, PAGE],
  ['trash, by name', { trash: 'true', sort: 'name' }, PAGE],
  ['type of many', { type: 'image/jpeg' }, PAGE],
  ['type of many, largest first', { type: 'image/jpeg', sort: 'size' }, PAGE],
  ['kind of type of few', { type: 'video/*' }, PAGE],
  ['kind of type of few, by name', { type: 'video/*', sort: 'name' }, PAGE],
  ['type of none', { type: 'audio/mpeg' }, 0],
  ['size of many', { minSize: 1_000_000 }, PAGE],
  ['size of few', { minSize: 1_000_000_000 }, PAGE],
  ['size of none', { minSize: 5_000_000_000 }, 0],
  ['size of few, by name', { minSize: 1_000_000_000, sort: 'name' }, PAGE],
  ['tag of many', { tag: 'photo' }, PAGE],
  ['tag of many, by name', { tag: 'photo', sort: 'name' }, PAGE],
  ['tag of many, all of them old', { tag: 'archive' }, PAGE],
  ['tag of five', { tag: 'rare' }, 5],
  ['tag of five, by size', { tag: 'rare', sort: 'size' }, 5],
  ['tag of none', { tag: 'nobody' }, 0],
  ['folder of half', { folder: 'listings' }, PAGE],
  ['folder of few', { folder: 'invoices' }, PAGE],
  ['folder of few, by name', { folder: 'listings/777', sort: 'name' }, PAGE],
  ['folder of none', { folder: 'nowhere' }, 0],
  ['route of many', { route: 'listing' }, PAGE],
  ['route of many, by name', { route: 'listing', sort: 'name' }, PAGE],
  ['route of ten', { route: 'avatar' }, 10],
  ['route of none', { route: 'nowhere' }, 0],
  ['uploader of a fifth', { uploader: 'user_busy' }, PAGE],
  ['uploader of few', { uploader: 'user_1233' }, PAGE],
  ['uploader of few, by size', { uploader: 'user_1233', sort: 'size' }, PAGE],
  ['uploader of none', { uploader: 'nobody' }, 0],
  ['uploader and type, none has both', { uploader: 'user_busy', type: 'video/mp4' }, 0],
];

const SEARCHES: readonly Asked[] = [
  ['search: a word in a fifth of the names', { q: 'garden' }, PAGE],
  ['search: the same, by size', { q: 'garden', sort: 'size' }, PAGE],
  ['search: a custom id', { q: 'listing-500000' }, 1],
  ['search: a value of the metadata', { q: 'L-31234' }, 8],
  ['search: a common value of the metadata', { q: 'cellar' }, PAGE],
  ['search: a tag', { q: 'rare' }, 5],
  ['search: nothing', { q: 'zebra crossing' }, 0],
  ['search: nothing, three letters', { q: 'zqj' }, 0],
  ['search: nothing, three letters, by name', { q: 'zqj', sort: 'name' }, 0],
  ['search: three letters of a few thousand', { q: 'abc' }, PAGE],
  ['search: two letters', { q: 'ki' }, PAGE],
  ['search: two letters of nothing', { q: 'zz' }, 0],
  ['search among a rare type', { type: 'application/pdf', q: 'kitchen' }, PAGE],
  ['search in a tag and a folder', { tag: 'photo', folder: 'listings', q: 'bedroom' }, 0],
];

const encode = (cursor: unknown) =>
  Buffer.from(typeof cursor === 'string' ? cursor : JSON.stringify(cursor)).toString('base64url');

function aboutOne({ id, name, size, createdAt }: Sample): Asked[] {
  const day = { from: daysFrom(createdAt, -1), to: daysFrom(createdAt, 0) };
  const byTime = encode(`${createdAt.getTime()}.${id}`);
  return [
    ['page 10,000, newest first', { cursor: byTime }, LATER_PAGE],
    ['page 10,000 by name', { sort: 'name', cursor: encode(['name', name, id]) }, LATER_PAGE],
    ['page 10,000 by size', { sort: 'size', cursor: encode(['size', size, id]) }, LATER_PAGE],
    ['page 10,000 of a tag', { tag: 'photo', cursor: byTime }, LATER_PAGE],
    ['date: a day', day, PAGE],
    ['date: a day, by name', { sort: 'name', ...day }, PAGE],
    ['search: the whole of a name', { q: name }, 1],
    ['search: an id', { q: id }, 1],
  ];
}

/** Each filter, order and search that the list of files knows, where few, many and no files have it. */
export function questionsOf(projectId: string, middle: Sample): Question[] {
  const list = ([name, query, expected]: Asked): Question => ({
    name,
    path: trpc('file.list', { projectId, limit: PAGE, ...query }),
    expected,
  });
  const csv = `/api/download/projects/${projectId}/files.csv`;
  return [
    ...[...FILTERS, ...aboutOne(middle), ...SEARCHES].map(list),
    { name: 'CSV of all, until it begins', path: csv, begins: true },
    { name: 'CSV of a search, until it begins', path: `${csv}?q=garden&sort=size`, begins: true },
    { name: 'CSV of a rare tag, until it begins', path: `${csv}?tag=rare`, begins: true },
    { name: 'numbers of the usage page', path: trpc('usage.project', { projectId }) },
    { name: 'numbers of the storage page', path: trpc('storage.list', { projectId }) },
    { name: 'one file', path: trpc('file.get', { fileId: middle.id }) },
    { name: 'by REST: newest first', path: `/api/files?limit=${PAGE}`, expected: PAGE },
    { name: 'by REST: end-users who hold most', path: '/api/usage/uploaders' },
  ];
}
