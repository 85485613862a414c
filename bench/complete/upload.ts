// Uploads small files one after the other on each connection; times the last step alone.
import { randomBytes } from 'node:crypto';
import { createHistogram, performance } from 'node:perf_hooks';
import pg from 'pg';
import { scriptInput, scriptResult } from '../child-process.ts';

export interface UploadInput {
  readonly url: string;
  readonly apiKey: string;
  readonly databaseUrl: string;
  readonly connections: number;
  readonly seconds: number;
  /** Bytes of each file. */
  readonly size: number;
}

export interface UploadResult {
  readonly perSecond: number;
  readonly count: number;
  /** Milliseconds from asking to complete until another connection can read the event. */
  readonly p50: number;
  readonly p99: number;
  readonly errors: number;
}

const input = scriptInput<UploadInput>();
const latency = createHistogram();
const body = randomBytes(input.size);
let errors = 0;
const began = performance.now();
const end = began + input.seconds * 1000;
await Promise.all(Array.from({ length: input.connections }, uploadUntilEnd));
scriptResult({
  perSecond: latency.count / ((performance.now() - began) / 1000),
  count: latency.count,
  p50: latency.percentile(50) / 1e6,
  p99: latency.percentile(99) / 1e6,
  errors,
} satisfies UploadResult);

async function uploadUntilEnd(): Promise<void> {
  const reader = new pg.Client({ connectionString: input.databaseUrl });
  await reader.connect();
  while (performance.now() < end) {
    const ticket = await post<{ id: string; url: string; headers: Record<string, string> }>(
      '/api/upload-url',
      { name: 'a.bin', size: body.length, type: 'application/octet-stream' },
    );
    await fetch(ticket.url, { method: 'PUT', headers: ticket.headers, body });
    const asked = performance.now();
    const { status } = await post<{ status: string }>('/api/upload-complete', { id: ticket.id });
    const { rowCount } = await reader.query({
      name: 'event',
      text: `select 1 from event where entity_id = $1 and type = 'file.ready'`,
      values: [ticket.id],
    });
    latency.record(Math.max(1, Math.round((performance.now() - asked) * 1e6)));
    if (status !== 'ready' || rowCount !== 1) errors += 1;
  }
  await reader.end();
}

async function post<T>(path: string, value: unknown): Promise<T> {
  const response = await fetch(`${input.url}${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${input.apiKey}`, 'content-type': 'application/json' },
    body: JSON.stringify(value),
  });
  return (await response.json()) as T;
}
