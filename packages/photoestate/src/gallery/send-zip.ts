import { ReadableStream as NodeStream } from 'node:stream/web';
import type { KernelEnv } from '@repo/foundation/http';
import type { Context as HonoContext } from 'hono';
import type { Context } from '../context.ts';
import { readStored } from '../media/read.ts';
import { type Saved, zipEntries, zipTag } from './downloads.ts';
import { type Part, planZip, readZip } from './zip/plan.ts';
import { readRange } from './zip/range.ts';

interface Archive {
  saved: readonly Saved[];
  name: string;
  /** Asked before each file: throws once nobody may have it any more. */
  stillAllowed: () => Promise<unknown>;
  /** When it is sent from its first byte on. */
  onStart?: () => Promise<void>;
}

/** Sends files as one archive, or the part of it that is asked for. */
export async function sendZip(
  c: HonoContext<KernelEnv>,
  ctx: Context,
  { saved, name, stillAllowed, onStart }: Archive,
): Promise<Response> {
  const entries = zipEntries(saved);
  const plan = planZip(entries);
  const tag = zipTag(entries);
  const ifRange = c.req.header('if-range');
  const header = ifRange === undefined || ifRange === tag ? c.req.header('range') : undefined;
  const range = readRange(header, plan.size);
  c.header('accept-ranges', 'bytes');
  c.header('etag', tag);
  c.header('cache-control', 'no-store');
  c.header('x-robots-tag', 'noindex, nofollow');
  if (range === 'unsatisfiable') {
    c.header('content-range', `bytes */${plan.size}`);
    return c.body(null, 416);
  }
  const part = range ?? { start: 0, end: plan.size };
  if (part.start === 0) await onStart?.();
  c.header('content-type', 'application/zip');
  c.header('content-disposition', `attachment; filename="${name}"`);
  c.header('content-length', String(part.end - part.start));
  if (range !== null) {
    c.header('content-range', `bytes ${part.start}-${part.end - 1}/${plan.size}`);
  }
  const status = range === null ? 200 : 206;
  if (c.req.method === 'HEAD') return c.body(null, status);
  const open = async function* (entry: number, within: Part) {
    await stillAllowed();
    yield* readEntry(ctx, saved[entry], within);
  };
  const chunks = readZip(plan, part, open);
  return c.body(NodeStream.from(chunks) as unknown as ReadableStream, status);
}

async function* readEntry(
  ctx: Context,
  saved: Saved | undefined,
  within: Part,
): AsyncGenerator<Uint8Array, void> {
  if (saved === undefined) throw new Error('an archive has no such file');
  const whole = within.start === 0 && within.end === saved.copy.bytes;
  const range = whole ? undefined : `bytes=${within.start}-${within.end - 1}`;
  const left = new AbortController();
  try {
    const { body } = await readStored(ctx, { id: saved.copy.fileId, range, signal: left.signal });
    if (body !== null) yield* body;
  } finally {
    left.abort();
  }
}
