// The row alone: one prepared insert per connection, one after the other, each its own transaction.
import { randomBytes } from 'node:crypto';
import { createHistogram, performance } from 'node:perf_hooks';
import pg from 'pg';
import { ownCpu, scriptInput, scriptResult } from '../child-process.ts';
import type { LoadResult } from './load.ts';

export interface InsertInput {
  readonly databaseUrl: string;
  readonly projectId: string;
  readonly body: { name: string; size: number; type: string };
  readonly connections: number;
  readonly seconds: number;
}

const INSERT = `insert into file
  (id, project_id, key, name, size, type, sha256, status, custom_id, metadata, expires_at)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`;

const input = scriptInput<InsertInput>();
const clients = await Promise.all(Array.from({ length: input.connections }, connect));
const latency = createHistogram();
let errors = 0;
const before = ownCpu();
const began = performance.now();
const end = began + input.seconds * 1000;
await Promise.all(clients.map(insertUntilEnd));
const seconds = (performance.now() - began) / 1000;
const cpu = ownCpu() - before;
await Promise.all(clients.map((client) => client.end()));
scriptResult({
  perSecond: latency.count / seconds,
  count: latency.count,
  p50: latency.percentile(50) / 1e6,
  p99: latency.percentile(99) / 1e6,
  errors,
  cpu,
} satisfies LoadResult);

async function connect(): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: input.databaseUrl });
  await client.connect();
  return client;
}

async function insertUntilEnd(client: pg.Client): Promise<void> {
  for (let now = performance.now(); now < end; ) {
    try {
      await client.query({ name: 'insert', text: INSERT, values: row() });
    } catch (error) {
      errors += 1;
      if (errors > 100) throw error;
    }
    const then = now;
    now = performance.now();
    latency.record(Math.max(1, Math.round((now - then) * 1e6)));
  }
}

function row(): unknown[] {
  const { body, projectId } = input;
  const random = randomBytes(16).toString('hex');
  const expires = new Date(Date.now() + 3_600_000);
  return [
    `file_${random.slice(0, 22)}`,
    projectId,
    `${projectId}/${random}.jpg`,
    ...[body.name, body.size, body.type, null, 'pending', null, '{}', expires],
  ];
}
