import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';

/** The stack's own database, in its data folder. */
export function databaseUrl(product: 'slipway' | 'photoestate'): string {
  const folder = join(process.env['STACK_DATA_DIR'] ?? '', 'postgres');
  const password = readFileSync(join(folder, 'password'), 'utf8').trim();
  const [, , , port] = readFileSync(join(folder, 'cluster', 'postmaster.pid'), 'utf8').split('\n');
  return `postgres://app:${password}@127.0.0.1:${port}/${product}`;
}

/** Rows of ready files, without bytes: a list has to be long, not true. Of a type that has no small pictures to be made. */
export async function seedFiles(projectId: string, number: number): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl('slipway') });
  await client.connect();
  try {
    await client.query(
      `insert into file (id, project_id, key, name, size, type, status, metadata, created_at, expires_at, ready_at)
       select 'file_' || md5($1 || n), $1, $1 || '/' || md5($1 || n), 'photo-' || lpad(n::text, 6, '0') || '.heic',
              n * 1000, 'image/heic', 'ready', '{}', now() - n * interval '1 second', now(), now()
       from generate_series(1, $2::int) n`,
      [projectId, number],
    );
  } finally {
    await client.end();
  }
}
