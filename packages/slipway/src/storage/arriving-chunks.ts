import type { Readable } from 'node:stream';
import { slipwayError } from '../errors.ts';

/**
 * The chunks of a request's body, as long as one comes within `idleMs`; throws `upload_stalled` then,
 * and the signal's reason once that aborts. Only waiting for the sender counts, not what is done with
 * the chunks. The stream is left as it is, because the answer still goes out beside it.
 */
export async function* arrivingChunks(
  body: Readable,
  { idleMs, signal }: { idleMs: number; signal?: AbortSignal },
): AsyncGenerator<Buffer> {
  const chunks: AsyncIterator<Buffer> = body.iterator({ destroyOnReturn: false });
  let giveUp: ((error: unknown) => void) | undefined;
  const timer = setTimeout(() => giveUp?.(stalled(idleMs)), idleMs);
  const stop = () => giveUp?.(signal?.reason);
  signal?.addEventListener('abort', stop);
  try {
    for (;;) {
      signal?.throwIfAborted();
      timer.refresh();
      const next = await new Promise<IteratorResult<Buffer>>((resolve, reject) => {
        giveUp = reject;
        chunks.next().then(resolve, reject);
      });
      giveUp = undefined;
      if (next.done === true) return;
      yield next.value;
    }
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', stop);
  }
}

function stalled(idleMs: number) {
  return slipwayError(
    'upload_stalled',
    `Expected more bytes, but none came for ${Math.round(idleMs / 1000)} seconds.`,
  );
}
