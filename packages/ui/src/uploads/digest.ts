import { digestHere } from './digest-here.ts';

/** Larger files would take too much memory at once. */
export const MAX_DIGEST_SIZE = 512_000_000;

const known = new WeakMap<Blob, Promise<string>>();
const asked = new Map<number, PromiseWithResolvers<string>>();
let worker: Worker | null | undefined;
let count = 0;

/** Whether the SHA-256 of a file of this size can be told. Web Crypto is missing on plain HTTP. */
export const canDigest = (size: number) => size <= MAX_DIGEST_SIZE && !!globalThis.crypto?.subtle;

/** The SHA-256 of a file or a part of one, as hex: computed beside the page, and once for each file. */
export function digestOf(piece: Blob): Promise<string> {
  const before = known.get(piece);
  if (before !== undefined) return before;
  const digest = compute(piece);
  known.set(piece, digest);
  digest.catch(() => known.delete(piece));
  return digest;
}

function compute(piece: Blob): Promise<string> {
  worker ??= startWorker();
  if (worker === null) return digestHere(piece);
  count += 1;
  const answer = Promise.withResolvers<string>();
  asked.set(count, answer);
  worker.postMessage({ id: count, piece });
  // What no worker can do may still go here.
  return answer.promise.catch(() => digestHere(piece));
}

function startWorker(): Worker | null {
  if (globalThis.Worker === undefined) return null;
  try {
    const started = new Worker(new URL('./digest-worker.ts', import.meta.url), { type: 'module' });
    started.onmessage = ({ data }: MessageEvent<{ id: number; digest?: string }>) => {
      const answer = asked.get(data.id);
      asked.delete(data.id);
      if (data.digest) answer?.resolve(data.digest);
      else answer?.reject(new Error('The file could not be read.'));
    };
    started.onerror = () => {
      worker = null;
      for (const answer of asked.values()) answer.reject(new Error('There is no worker.'));
      asked.clear();
    };
    return started;
  } catch {
    return null;
  }
}
