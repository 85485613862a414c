import type { Readable } from 'node:stream';

/** A storage that sends nothing for so long is given up. */
const SILENCE_MS = 60_000;

/**
 * The chunks of an object as they come; throws when the storage falls silent in the middle. The time
 * that the reader takes between two chunks is the reader's own.
 */
export async function* unlessSilent(stream: Readable): AsyncGenerator<Buffer> {
  const chunks: AsyncIterator<Buffer> = stream[Symbol.asyncIterator]();
  const giveUp = () => stream.destroy(new Error('the storage fell silent'));
  try {
    for (;;) {
      const watch = setTimeout(giveUp, SILENCE_MS);
      const next = await chunks.next().finally(() => clearTimeout(watch));
      if (next.done === true) return;
      yield next.value;
    }
  } finally {
    stream.destroy();
  }
}
