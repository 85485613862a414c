import pg from 'pg';

const OTHERS = 200;
const FILES_OF_OTHERS = 50;

/** One of the files, by which others are asked for. */
export interface Sample {
  readonly id: string;
  readonly name: string;
  readonly size: number;
  readonly createdAt: Date;
}

/**
 * A project with many files, as a busy one has, beside 200 of its organization with 50 each. Most are
 * ready pictures with a route, an uploader, a folder, tags or metadata; a few are of other kinds, on their
 * way, or at another end. Written by the database itself; the server is asked about them afterwards.
 * Returns the file in the middle of the project.
 */
export async function fillProject(
  databaseUrl: string,
  { projectId, files }: { projectId: string; files: number },
): Promise<Sample> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    // Each row would ask for its project: they are there.
    await client.query("set session_replication_role = 'replica'");
    await client.query("set maintenance_work_mem = '256MB'");
    const others = await client.query<{ id: string }>(OTHER_PROJECTS, [projectId, OTHERS]);
    await withoutIndexes(client, () =>
      client.query(FILES, [
        [projectId, ...others.rows.map(({ id }) => id)],
        [files, ...others.rows.map(() => FILES_OF_OTHERS)],
      ]),
    );
    for (const rows of [TAGS, PROJECT_SUMS, UPLOADER_SUMS]) await client.query(rows);
    await client.query('vacuum analyze file, file_tag, project_usage, uploader_usage');
    const { rows } = await client.query<Sample>(MIDDLE, [projectId, Math.floor(files / 2)]);
    const [middle] = rows;
    if (middle === undefined) throw new Error('no files were written');
    return { ...middle, size: Number(middle.size) };
  } finally {
    await client.end();
  }
}

/** What a million rows would be put into one by one is quicker made anew. */
async function withoutIndexes(client: pg.Client, write: () => Promise<unknown>): Promise<void> {
  const { rows } = await client.query<{ name: string; definition: string }>(INDEXES);
  for (const { name } of rows) await client.query(`drop index "${name}"`);
  await write();
  for (const { definition } of rows) await client.query(definition);
}

const INDEXES = `select indexname as name, indexdef as definition from pg_indexes
  where tablename = 'file' and indexname not in (select conname from pg_constraint)`;

const OTHER_PROJECTS = `insert into project
  select copy.* from project, generate_series(1, $2::int) n,
    jsonb_populate_record(project, jsonb_build_object('id', 'prj_' || substr(md5(n::text), 1, 22), 'name', 'Other ' || n)) copy
  where project.id = $1
  returning id`;

/** As its triggers would have kept them. */
const TAGS = `insert into file_tag select project_id, tag, created_at, id from file, unnest(tags) tag where status <> 'deleted'`;

const HELD = `status = 'ready' or trashed_until is not null`;

/** As `usage.count` would have added them up. */
const PROJECT_SUMS = `insert into project_usage (project_id, files, bytes)
  select project_id, count(*), sum(size) from file where ${HELD} group by project_id
  on conflict (project_id) do update set files = excluded.files, bytes = excluded.bytes`;

const UPLOADER_SUMS = `insert into uploader_usage (project_id, uploader, files, bytes)
  select project_id, uploader, count(*), sum(size) from file
  where uploader is not null and (${HELD}) group by project_id, uploader
  on conflict (project_id, uploader) do update set files = excluded.files, bytes = excluded.bytes`;

const MIDDLE = `select id, name, size, created_at as "createdAt" from file
  where project_id = $1 and status <> 'deleted' order by created_at desc, id desc offset $2 limit 1`;

const FILES = `
  insert into file (id, project_id, key, name, size, type, sha256, status, scan, custom_id, metadata,
                    tags, folder, route, uploader, created_at, expires_at, ready_at, ended_at, erased_at, trashed_until)
  select
    'file_' || substr(md5(project_id || n), 1, 22),
    project_id,
    project_id || '/' || md5(project_id || '/' || n),
    (array['kitchen','living room','garden','façade','bedroom'])[1 + n % 5] || ' '
      || md5(n::text) || (case when n % 1000 = 0 then '.pdf' else '.jpg' end),
    1000 + (n::bigint * 7919) % 5000000 + (case when n % 20000 = 7 then 1000000000 else 0 end),
    case when n % 1000 = 0 then 'application/pdf'
         when n % 20000 = 7 then 'video/mp4'
         when n % 7 = 0 then 'image/png' else 'image/jpeg' end,
    md5(n::text) || md5(n::text),
    status,
    'not_scanned',
    case when n % 10 = 0 then 'listing-' || n end,
    case when n % 5 < 2 then jsonb_build_object('listing', 'L-' || n / 20, 'room', (array['hall','attic','cellar'])[1 + n % 3])
         else '{}' end,
    case when n % 200000 = 5 then array['photo', 'rare'] when n % 10 < 3 then array['photo']
         when n > 500000 and n % 10 = 3 then array['archive'] else '{}' end,
    case when n % 1000 = 11 then 'invoices/2026' when n % 2 = 0 then 'listings/' || n / 100 else '' end,
    case when n % 100000 = 13 then 'avatar' when n % 10 < 7 then 'listing' end,
    case when n % 5 = 0 then 'user_busy' when n % 5 < 4 then 'user_' || n % 5000 end,
    created_at,
    created_at + interval '1 hour',
    case when status in ('ready', 'deleted') then created_at end,
    case when status in ('rejected', 'deleted') then created_at end,
    case when status in ('rejected', 'deleted') then created_at end,
    case when n % 4000 = 1 then now() + interval '7 days' end
  from (
    select given.id as project_id, n, now() - n * interval '1 second' as created_at,
      case when n % 5000 = 3 then 'rejected' when n % 400 = 1 then 'deleted'
           when n < 4000 and n % 4 = 2 then 'pending' else 'ready' end as status
    from unnest($1::text[], $2::int[]) as given (id, files), generate_series(1, given.files) n
  ) as made`;
