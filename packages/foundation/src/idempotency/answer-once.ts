import { createHash, randomUUID } from 'node:crypto';
import type { Context } from 'hono';
import { z } from 'zod';
import { inside } from '../db/index.ts';
import { appError } from '../errors/index.ts';
import { failpoint } from '../failpoint/index.ts';
import type { KernelEnv } from '../http/index.ts';
import type { Logger } from '../telemetry/index.ts';
import {
  claim,
  inProgress,
  type KeptAnswer,
  keepAnswer,
  keepLease,
  LEASE_MS,
  letGo,
  type OnceCall,
} from './claim.ts';
import { KEY } from './key.ts';
import { noteBegun, type Once, onceFor } from './once.ts';

const KEPT_HEADERS = ['content-type', 'location', 'link'];

/** Answers of calls that were refused before any work began. */
const REFUSED_STATUSES = new Set([400, 401, 403, 404, 405, 413, 415, 429]);

const ErrorAnswer = z.object({ error: z.object({ code: z.string() }) });

export interface OnceOptions
  extends Pick<OnceCall, 'db' | 'table' | 'ownerId' | 'secret' | 'sealedAs'> {
  log: Logger;
  /** Of the API key that the call came with. */
  keyId: string;
  /** Codes of answers beside 4xx of old that say that no work began. */
  refusedCodes: ReadonlySet<string>;
  /** True for calls whose effect and answer are one transaction. */
  isOneTransaction(path: string): boolean;
}

/**
 * Runs a POST with an `Idempotency-Key` once, and answers every later one with the first answer. Keys
 * belong to the API key that they came with: another one may not be allowed the same.
 */
export async function answerOnce(
  c: Context<KernelEnv>,
  options: OnceOptions,
  next: () => Promise<void>,
): Promise<Response | undefined> {
  const key = c.req.header('idempotency-key');
  if (key === undefined || c.req.method !== 'POST') {
    await next();
    return undefined;
  }
  if (!KEY.test(key)) {
    throw appError(
      'bad_request',
      `Expected an Idempotency-Key of 1 to 255 visible characters, received ${key.length}.`,
    );
  }
  const { keyId, log, isOneTransaction, db, table, ownerId, secret, sealedAs } = options;
  const call: OnceCall = {
    ...{ db, table, ownerId, secret, sealedAs },
    key: `${keyId}:${key}`,
    fingerprint: await fingerprintOf(c),
    holder: randomUUID(),
  };
  const found = await claim(call);
  if ('status' in found) {
    const headers = { ...found.headers, 'idempotency-replayed': 'true' };
    return new Response(found.body, { status: found.status, headers });
  }
  const once = onceFor(call, found);
  noteBegun(c.req.raw, { once });
  const isTogether = isOneTransaction(c.req.path);
  const isKept = await whileLeased(log, call, async () => {
    if (isTogether) return answerTogether(c, { call, once }, next);
    await next();
    return false;
  });
  failpoint('idempotency.before-answer');
  if (isKept) return undefined;
  if (isTogether) await forget(options, call);
  else await settle(options, call, c.res);
  return undefined;
}

/**
 * What the call does and its answer, or neither. For calls that make what cannot be found again, such as
 * a secret that is shown once; those that begin an upload find it by its id instead.
 */
async function answerTogether(
  c: Context<KernelEnv>,
  { call, once }: { call: OnceCall; once: Once },
  next: () => Promise<void>,
): Promise<boolean> {
  const nothingDone = new Error('refused');
  try {
    await call.db.transaction(async (tx) => {
      noteBegun(c.req.raw, { once, db: inside(tx, call.db) });
      await next();
      if (!c.res.ok) throw nothingDone;
      const body = await c.res.clone().text();
      const answer = { status: c.res.status, headers: keptHeaders(c.res), body };
      // Whoever was silent for longer than a lease may have lost the call, and must not do it a second time.
      if (!(await keepAnswer(call, answer, tx))) throw inProgress();
      failpoint('idempotency.before-commit');
    });
    return true;
  } catch (error) {
    if (error !== nothingDone) throw error;
    return false;
  }
}

async function fingerprintOf(c: Context<KernelEnv>): Promise<string> {
  const { pathname, search } = new URL(c.req.url);
  const hash = createHash('sha256').update(`POST ${pathname}${search}\n`);
  return hash.update(await c.req.text()).digest('hex');
}

async function whileLeased<T>(log: Logger, call: OnceCall, work: () => Promise<T>): Promise<T> {
  const timer = setInterval(() => {
    keepLease(call).catch((error: unknown) => {
      log.warn({ err: error }, 'the lease of an idempotency key was not prolonged');
    });
  }, LEASE_MS / 3);
  try {
    return await work();
  } finally {
    clearInterval(timer);
  }
}

/** All was undone, so the call may be made again as soon as what refused it has changed. */
async function forget({ log }: OnceOptions, call: OnceCall): Promise<void> {
  await letGo(call).catch((error: unknown) => {
    log.warn({ err: error }, 'an idempotency key is kept until its lease ends');
  });
}

/** What was done stays done, so its answer is given all the same when it could not be kept. */
async function settle(
  { log, refusedCodes }: OnceOptions,
  call: OnceCall,
  response: Response,
): Promise<void> {
  try {
    const body = await response.clone().text();
    if (!isFinal(response, body, refusedCodes)) return await letGo(call);
    await keepAnswer(call, { status: response.status, headers: keptHeaders(response), body });
  } catch (error) {
    log.warn({ err: error }, 'the answer to an idempotency key was not kept');
  }
}

/** False for refusals before work began, and for answers that themselves say to ask again. */
function isFinal(response: Response, body: string, refusedCodes: ReadonlySet<string>): boolean {
  const { status, headers, ok } = response;
  if (REFUSED_STATUSES.has(status) || headers.has('retry-after')) return false;
  if (ok) return true;
  const code = codeOf(body);
  return code === undefined || !refusedCodes.has(code);
}

function codeOf(body: string): string | undefined {
  try {
    return ErrorAnswer.parse(JSON.parse(body)).error.code;
  } catch {
    return undefined;
  }
}

function keptHeaders({ headers }: Response): KeptAnswer['headers'] {
  return Object.fromEntries(
    KEPT_HEADERS.flatMap((name) => {
      const value = headers.get(name);
      return value === null ? [] : [[name, value]];
    }),
  );
}
