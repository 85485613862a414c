import { createHash } from 'node:crypto';
import { existsSync, readdirSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { loadEnv } from '@repo/foundation/config';
import { createRuntime, SlipwayEnv, type SlipwayRuntime } from '@repo/slipway';
import pg from 'pg';
import { sweepFiles } from '../../../packages/slipway/src/file/sweep.ts';
import { TRANSITIONS } from '../../../packages/slipway/src/file/transition.ts';
import { reconcileStorage } from '../../../packages/slipway/src/reconcile/reconcile.ts';

/** What is wrong, one line each; all empty is what is wanted. */
export interface Findings {
  /** Ready rows without exactly the bytes that were sent. */
  readonly wrong: string[];
  /** Files that a client was told are ready and are not (any more), and bytes that had arrived and are gone. */
  readonly lost: string[];
  /** Ready rows without exactly one event, audit entry and usage entry, or with a broken history. */
  readonly events: string[];
  /** Objects and open multiparts without a row, rows without them, after one sweep. */
  readonly leftovers: string[];
  /** By state, and why it failed. */
  readonly rows: Readonly<Record<string, number>>;
}

interface Row {
  readonly id: string;
  readonly key: string;
  readonly name: string;
  readonly size: string;
  readonly status: string;
  readonly sha256: string | null;
  readonly failure: string | null;
  readonly events: string;
  readonly audits: string;
  readonly usage: string;
  readonly history: string;
}

/** Everything that may be told of a file, as the tables have it. */
const ROWS = `
  select id, key, name, size, status, sha256, failure ->> 'code' as failure,
    (select count(*) from event where entity_id = file.id and type = 'file.' || file.status) as events,
    (select count(*) from audit_entry where entity_id = file.id and action = 'file.' || file.status) as audits,
    (select coalesce(sum(files), 0) from usage_entry where file_id = file.id) as usage,
    (select coalesce(string_agg("from" || '>' || "to", ',' order by id), '')
       from file_transition where file_id = file.id) as history
  from file where upload_kind <> 'tus_partial' order by id`;

/** Later than anything that an upload may wait for. */
const MUCH_LATER_MS = 90 * 86_400_000;

export interface Examined {
  readonly env: Readonly<Record<string, string>>;
  /** SHA-256 by the file's name. */
  readonly digests: ReadonlyMap<string, string>;
  /** Ids that clients were told are ready. */
  readonly promised: readonly string[];
  /** Of those the ones that a client deleted afterwards. */
  readonly deleted?: ReadonlySet<string>;
}

/** Sweeps once, as it would be done when every upload has had its time, and compares all with all. */
export async function examine(input: Examined): Promise<Findings> {
  const { env, digests, promised, deleted = new Set() } = input;
  const settings = loadEnv(SlipwayEnv, { ...env, LOG_LEVEL: 'error' });
  const runtime = await createRuntime(settings);
  const client = new pg.Client({ connectionString: settings.DATABASE_URL });
  await client.connect();
  try {
    letTimePass(runtime);
    await sweepOnce(runtime);
    const { rows } = await client.query<Row>(ROWS);
    const ready = rows.filter(({ status }) => status === 'ready');
    const kept = new Set([...ready.map(({ id }) => id), ...deleted]);
    const wrong: string[] = [];
    for (const row of ready) {
      const problem = await wrongBytes(runtime, row, digests.get(row.name));
      if (problem !== undefined) wrong.push(`${row.id} ${row.name}: ${problem}`);
    }
    const counts: Record<string, number> = {};
    for (const { status, failure } of rows) {
      const label = failure === null ? status : `${status}: ${failure}`;
      counts[label] = (counts[label] ?? 0) + 1;
    }
    const vanished = rows.filter(({ failure }) => failure === 'object_lost');
    return {
      wrong,
      lost: [...promised.filter((id) => !kept.has(id)), ...vanished.map(({ id }) => id)],
      events: rows.flatMap(wrongRecords),
      leftovers: await compareStorage(runtime, ready),
      rows: counts,
    };
  } finally {
    await client.end();
    await runtime.close();
  }
}

/** The disk has no clock of ours to ask: what killed writers left there gets old by hand. */
function letTimePass({ diskRoot }: SlipwayRuntime): void {
  for (const path of unfinishedBusiness(diskRoot)) utimesSync(path, new Date(0), new Date(0));
}

function unfinishedBusiness(diskRoot: string | null): string[] {
  if (diskRoot === null) return [];
  return ['claims', 'temporary']
    .map((name) => join(diskRoot, name))
    .filter((folder) => existsSync(folder))
    .flatMap((folder) => readdirSync(folder).map((name) => join(folder, name)));
}

async function sweepOnce(runtime: SlipwayRuntime): Promise<void> {
  const actor = { type: 'system' as const, job: 'file.sweep' };
  const ctx = runtime.context({ actor, requestId: 'examine', ip: null });
  const later = { ...ctx, now: () => new Date(Date.now() + MUCH_LATER_MS) };
  await sweepFiles(later);
  await reconcileStorage(later, null);
}

async function wrongBytes(
  runtime: SlipwayRuntime,
  row: Row,
  expected: string | undefined,
): Promise<string | undefined> {
  const body = await runtime.storages.default.read(row.key);
  if (body === null) return 'there is no object';
  const hash = createHash('sha256');
  let size = 0;
  for await (const chunk of body) {
    hash.update(chunk);
    size += chunk.length;
  }
  const found = hash.digest('hex');
  if (found !== expected) return `expected ${expected}, found ${found}`;
  if (size !== Number(row.size)) return `the row says ${row.size} bytes, the object has ${size}`;
  if (row.sha256 !== null && row.sha256 !== found) return `the row says ${row.sha256}`;
  return undefined;
}

function wrongRecords({ id, status, events, audits, usage, history }: Row): string[] {
  const wanted = { events: '1', audits: '1', usage: status === 'ready' ? '1' : '0' };
  const found = { events, audits, usage };
  const wrong = Object.entries(wanted).flatMap(([name, count]) =>
    found[name as keyof typeof found] === count
      ? []
      : [
          `${id} (${status}): expected ${count} ${name}, found ${found[name as keyof typeof found]}`,
        ],
  );
  if (!isHistory(history, status)) wrong.push(`${id} (${status}): its history is ${history}`);
  return wrong;
}

/**
 * Each step is possible, begins where the last one ended, and the last one ends in the row's state. Out of the
 * trash a file goes for good, once and as the last of its steps (see `purge`).
 */
function isHistory(history: string, status: string): boolean {
  let state = 'pending';
  const steps = history.split(',').filter(Boolean);
  for (const [index, step] of steps.entries()) {
    const [from = '', to = ''] = step.split('>');
    const possible: readonly string[] = TRANSITIONS[from as keyof typeof TRANSITIONS] ?? [];
    const isPurge = step === 'deleted>deleted' && index === steps.length - 1;
    if (from !== state || !(isPurge || possible.includes(to))) return false;
    state = to;
  }
  return state === status;
}

async function compareStorage(
  { storages, diskRoot }: SlipwayRuntime,
  ready: readonly Row[],
): Promise<string[]> {
  const storage = storages.default;
  const wanted = new Set(ready.map(({ key }) => key));
  const leftovers = unfinishedBusiness(diskRoot).map((path) => `left behind: ${path}`);
  for await (const { key } of storage.list()) {
    if (!wanted.delete(key)) leftovers.push(`object without a row: ${key}`);
  }
  for (const key of wanted) leftovers.push(`row without its object: ${key}`);
  for await (const { key, uploadId } of storage.listMultiparts()) {
    leftovers.push(`multipart without a row: ${key} ${uploadId}`);
  }
  return leftovers;
}
