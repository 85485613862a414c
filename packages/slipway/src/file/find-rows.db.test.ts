import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestSlipway, type TestSlipway, type TestTenant } from '../testing/index.ts';
import { listFiles } from './list.ts';
import type { ListFiles } from './list-schema.ts';
import { type FileRow, file } from './table.ts';

let slipway: TestSlipway;
let tenant: TestTenant;
let projectId: string;
let all: FileRow[];

/** More than are looked through before all are asked for, where pages are short. */
const FILES = 600;

beforeAll(async () => {
  slipway = await startTestSlipway();
  tenant = await slipway.tenant();
  const mine = await slipway.project(tenant);
  const others = await slipway.project(tenant);
  projectId = mine.id;
  for (const id of [others.id, projectId]) await fill(id);
  all = await slipway.runtime.db.select().from(file);
  all = all.filter((row) => row.projectId === projectId && row.uploadKind !== 'tus_partial');
});
afterAll(() => slipway.close());

/** What is rare is old, and what is large has a late name: none of it is found where one looks first. */
const fill = (id: string) =>
  slipway.runtime.db.execute(sql`
    insert into file (id, project_id, key, name, size, type, status, upload_kind, metadata, tags, folder,
                      route, uploader, custom_id, created_at, expires_at, trashed_until)
    select 'file_' || substr(md5(${id} || n), 1, 22), ${id}, ${id} || '/' || n,
      lpad(n::text, 4, '0') || (case when n % 2 = 0 then ' garden behind the house' else ' hall' end), n * 10,
      case when n % 3 = 0 then 'image/png' when n > 590 then 'video/mp4' else 'image/jpeg' end,
      (array['ready','ready','pending','verifying','rejected','deleted'])[1 + n % 6],
      case when n % 50 = 7 then 'tus_partial' else 'single' end,
      case when n > 595 then '{"room": "attic"}' else '{}' end::jsonb,
      case when n > 580 then array['old'] when n % 2 = 0 then array['even'] else '{}' end,
      case when n > 570 then 'late/' || n % 2 else '' end,
      case when n > 560 then 'avatar' end,
      case when n > 550 then 'user_1' end,
      case when n = 598 then 'custom' end,
      now() - n * interval '1 second', now(),
      case when n > 580 and n % 6 = 5 then now() end
    from generate_series(1, ${FILES}::int) n`);

/** The whole list, page after page. */
async function listed(query: ListFiles): Promise<string[]> {
  const ids: string[] = [];
  let cursor: string | null | undefined;
  do {
    const page = await listFiles(tenant.ctx, {
      projectId,
      query: { ...query, ...(cursor && { cursor }) },
    });
    ids.push(...page.data.map(({ id }) => id));
    cursor = page.nextCursor;
  } while (cursor !== null);
  return ids;
}

type Found = (row: FileRow) => boolean;
const FILTERS: readonly [ListFiles, Found][] = [
  [{}, () => true],
  [{ status: 'ready' }, ({ status }) => status === 'ready'],
  [{ status: 'pending' }, ({ status }) => status === 'pending'],
  [{ status: 'deleted' }, ({ status }) => status === 'deleted'],
  [{ trash: 'true' }, ({ trashedUntil }) => trashedUntil !== null],
  [{ type: 'image/png' }, ({ type }) => type === 'image/png'],
  [{ type: 'video/*' }, ({ type }) => type === 'video/mp4'],
  [{ tag: 'even' }, ({ tags }) => tags.includes('even')],
  [{ tag: 'old' }, ({ tags }) => tags.includes('old')],
  [{ tag: 'none' }, () => false],
  [{ tag: 'old', minSize: 5900 }, ({ tags, size }) => tags.includes('old') && size >= 5900],
  [{ folder: 'late/1' }, ({ folder }) => folder === 'late/1'],
  [{ folder: 'late' }, ({ folder }) => folder !== ''],
  [{ route: 'avatar' }, ({ route }) => route !== null],
  [
    { uploader: 'user_1', type: 'image/png' },
    (row) => row.uploader !== null && row.type === 'image/png',
  ],
  [{ minSize: 100, maxSize: 5900 }, ({ size }) => size >= 100 && size <= 5900],
  [{ minSize: 5900 }, ({ size }) => size >= 5900],
  [{ q: 'garden' }, ({ name }) => name.includes('garden')],
  [{ q: 'Garden Behind the House' }, ({ name }) => name.includes('garden')],
  // The middle is theirs, the end is not.
  [{ q: 'garden behind the hotel' }, () => false],
  [{ q: 'attic' }, ({ metadata }) => metadata['room'] === 'attic'],
  [{ q: 'old' }, ({ tags }) => tags.includes('old')],
  [{ q: 'custom' }, ({ customId }) => customId !== null],
  [{ q: 'ga', tag: 'old' }, ({ name, tags }) => name.includes('garden') && tags.includes('old')],
  [
    { status: 'rejected', tag: 'old' },
    ({ status, tags }) => status === 'rejected' && tags.includes('old'),
  ],
];

/** What a tag's table lacks of what the files say, or has beyond it. */
const TAGS_AWRY = sql`
  with said as (select project_id, tag, created_at, id from file, unnest(tags) tag where status <> 'deleted')
  (table said except select project_id, tag, created_at, file_id from file_tag) union all
  (select project_id, tag, created_at, file_id from file_tag except table said)`;

test('the tags in their order follow the files through every change', async () => {
  const { db } = slipway.runtime;
  const mine = await slipway.project(tenant);
  await fill(mine.id);
  const oldOnes = async () =>
    (await listFiles(tenant.ctx, { projectId: mine.id, query: { tag: 'old', limit: 100 } })).data;
  const before = await oldOnes();
  expect(before.length).toBeGreaterThan(10);
  const own = sql`project_id = ${mine.id}`;
  const changes = [
    sql`update file set tags = tags || array['new', 'old', 'new'] where ${own} and size % 30 = 0`,
    sql`update file set tags = array['even'] where ${own} and size % 70 = 0`,
    sql`update file set tags = '{}' where ${own} and size % 110 = 0`,
    sql`update file set name = name || '!', status = 'verifying' where ${own} and status = 'pending'`,
    sql`update file set status = 'deleted' where ${own} and status = 'ready' and size % 130 = 0`,
    sql`update file set status = 'ready', tags = array['back'] where ${own} and status = 'deleted' and size % 170 = 0`,
    sql`delete from file where ${own} and size % 190 = 0`,
  ];
  for (const change of changes) {
    await db.execute(change);
    expect(await db.execute(TAGS_AWRY)).toMatchObject({ rows: [] });
  }
  expect(await oldOnes()).not.toEqual(before);
});

test.each(FILTERS)('%j finds the same files in every order', async (query, isFound) => {
  const isAlive = ({ status }: FileRow) =>
    (query.status ?? query.trash) !== undefined || status !== 'deleted';
  const found = all.filter((row) => isAlive(row) && isFound(row)).sort((a, b) => a.size - b.size);
  const ids = found.map(({ id }) => id);
  // Of short pages fewer files are looked through in their order than there are.
  const limit = found.length > 60 ? 100 : 5;
  expect(await listed({ ...query, limit })).toEqual(ids);
  for (const sort of ['name', 'size'] as const) {
    expect(await listed({ ...query, limit, sort, direction: 'asc' })).toEqual(ids);
    expect(await listed({ ...query, limit, sort, direction: 'desc' })).toEqual(ids.toReversed());
  }
});
