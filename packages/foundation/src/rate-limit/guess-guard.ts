import { appError } from '../errors/index.ts';
import type { Budget } from './budget.ts';
import { clientKey } from './client-key.ts';
import type { RateLimiter } from './create-rate-limiter.ts';

const MOST_REMEMBERED = 10_000;

/** Unknown keys that one address may send. */
const GUESSES = { quota: 100, windowSeconds: 300 };

interface Memory {
  /** Addresses that sent too many unknown keys, and until when they are not looked at. */
  blocked: Map<string, number>;
  /** Digests of keys that were good lately. */
  good: Map<string, true>;
}

/** Only saves asking again: what decides is in the shared budgets. */
const memories = new WeakMap<RateLimiter, Memory>();

function memoryOf(limiter: RateLimiter): Memory {
  let memory = memories.get(limiter);
  if (memory === undefined) {
    memory = { blocked: new Map(), good: new Map() };
    memories.set(limiter, memory);
  }
  return memory;
}

function remember<Value>(map: Map<string, Value>, key: string, value: Value): void {
  map.delete(key);
  map.set(key, value);
  for (const oldest of map.keys()) {
    if (map.size <= MOST_REMEMBERED) break;
    map.delete(oldest);
  }
}

export interface Guess {
  limiter: RateLimiter;
  /** Null where there is no connection, and so nobody to count by. */
  ip: string | null;
  /** Digest of the key that was sent. */
  hash: string;
}

/**
 * Turns down, without a look at the key, an address that sent many unknown ones. Keys that this process
 * knows to be good still pass: others may share the address, behind a proxy that nobody configured.
 */
export function checkGuesses({ limiter, ip, hash }: Guess): void {
  if (ip === null) return;
  const { blocked, good } = memoryOf(limiter);
  const address = clientKey(ip);
  const until = blocked.get(address);
  if (until === undefined || good.has(hash)) return;
  const left = until - Date.now();
  if (left > 0) throw tooManyGuesses(Math.ceil(left / 1000));
  blocked.delete(address);
}

/** To be told of every key that was looked up. */
export function noteGoodKey({ limiter, hash }: Guess): void {
  const { good } = memoryOf(limiter);
  if (!good.has(hash)) remember(good, hash, true);
}

export async function noteUnknownKey({ limiter, ip, hash }: Guess): Promise<void> {
  if (ip === null) return;
  const address = clientKey(ip);
  const { blocked, good } = memoryOf(limiter);
  good.delete(hash);
  const budget: Budget = { policy: 'key-guesses', key: `key-guesses:${address}`, ...GUESSES };
  const { refused } = await limiter.take([budget], 'count_alone');
  if (refused === null) return;
  const { retryAfterSeconds } = refused;
  remember(blocked, address, Date.now() + retryAfterSeconds * 1000);
  throw tooManyGuesses(retryAfterSeconds);
}

function tooManyGuesses(retryAfter: number) {
  return appError(
    'rate_limited',
    `Expected a known key: this address sent more than ${GUESSES.quota} unknown ones. Try again in ${retryAfter} s.`,
    { retryAfter, details: { policy: 'key-guesses', ...GUESSES } },
  );
}
