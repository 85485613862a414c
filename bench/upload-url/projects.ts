import { createHash, randomBytes } from 'node:crypto';
import pg from 'pg';

export interface BenchProject {
  readonly id: string;
  readonly apiKey: string;
}

interface Wish {
  readonly databaseUrl: string;
  /** A project with a key, which the new ones are copies of. */
  readonly like: string;
  readonly count: number;
  readonly rules?: Readonly<Record<string, number>>;
}

export async function addProjects({
  databaseUrl,
  like,
  count,
  rules = {},
}: Wish): Promise<BenchProject[]> {
  const projects = Array.from({ length: count }, () => ({
    id: `prj_${randomBytes(11).toString('hex')}`,
    apiKey: `sk_live_${randomBytes(16).toString('hex')}`,
  }));
  await withClient(databaseUrl, async (client) => {
    for (const { id, apiKey } of projects) {
      await client.query(COPY_PROJECT, [like, id, JSON.stringify(rules)]);
      const hash = createHash('sha256').update(apiKey).digest('hex');
      await client.query(COPY_KEY, [like, `key_${id}`, id, hash]);
    }
  });
  return projects;
}

/** As if its uploads had come to their end: what is counted begins with nothing. */
export function forgetFiles(databaseUrl: string, { id }: BenchProject): Promise<void> {
  return withClient(databaseUrl, async (client) => {
    await client.query('delete from file where project_id = $1', [id]);
    await client.query('vacuum analyze file');
  });
}

const COPY_PROJECT = `insert into project
  select copy.* from project, jsonb_populate_record(project, jsonb_build_object('id', $2::text, 'rules', rules || $3)) copy
  where project.id = $1`;

const COPY_KEY = `insert into api_key
  select copy.* from api_key, jsonb_populate_record(api_key,
    jsonb_build_object('id', $2::text, 'project_id', $3::text, 'hash', $4::text)) copy
  where api_key.project_id = $1`;

async function withClient(
  databaseUrl: string,
  work: (client: pg.Client) => Promise<void>,
): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}
