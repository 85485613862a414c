import pg from 'pg';

/**
 * A project with many files, as a busy one has: most of them ready pictures, a few of other kinds and
 * other ends. Written by the database itself; the API is asked about them afterwards.
 */
export async function fillProject(
  databaseUrl: string,
  { projectId, files }: { projectId: string; files: number },
): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await client.query(
      `insert into file (id, project_id, key, name, size, type, sha256, status, scan, custom_id,
                         metadata, created_at, expires_at, ready_at)
       select
         'file_' || lpad(n::text, 22, '0'),
         $1,
         $1 || '/' || lpad(n::text, 32, '0'),
         (array['kitchen','living room','garden','façade','bedroom'])[1 + n % 5] || ' '
           || md5(n::text) || (case when n % 1000 = 0 then '.pdf' else '.jpg' end),
         1000 + n,
         case when n % 1000 = 0 then 'application/pdf'
              when n % 20000 = 7 then 'video/mp4'
              when n % 7 = 0 then 'image/png' else 'image/jpeg' end,
         md5(n::text) || md5(n::text),
         case when n % 5000 = 3 then 'rejected' when n % 400 = 1 then 'deleted' else 'ready' end,
         'not_scanned',
         case when n % 10 = 0 then 'listing-' || n end,
         '{}',
         now() - (n || ' seconds')::interval,
         now() + interval '1 hour',
         now() - (n || ' seconds')::interval
       from generate_series(1, $2::int) n`,
      [projectId, files],
    );
    await client.query('vacuum analyze file');
  } finally {
    await client.end();
  }
}
