import type { Part } from '../shared/parts.ts';
import { SlipwayError } from './errors.ts';

/** The parts of a stream. */
export interface PartReader {
  /** The bytes of a part, which is the next one of the stream or still kept. */
  read(part: Part): Promise<Uint8Array<ArrayBuffer>>;
  /** Lets the bytes of a part go. */
  release(part: Part): void;
}

/** Cuts a stream of `total` bytes into parts as they are asked for, in their order. */
export function createPartReader(stream: ReadableStream<Uint8Array>, total: number): PartReader {
  const reader = stream.getReader();
  const kept = new Map<number, Promise<Uint8Array<ArrayBuffer>>>();
  let rest = new Uint8Array(0);
  let position = 0;
  let last: Promise<unknown> = Promise.resolve();

  const fill = async ({ start, size }: Part) => {
    const bytes = new Uint8Array(size);
    for (let filled = 0; filled < size; ) {
      if (rest.length === 0) {
        const piece = await reader.read();
        // The stream counts its bytes itself, and fails where it ends too early.
        if (piece.done) throw lost();
        rest = piece.value as Uint8Array<ArrayBuffer>;
      }
      const taken = rest.subarray(0, size - filled);
      bytes.set(taken, filled);
      filled += taken.length;
      rest = rest.subarray(taken.length);
    }
    // Whether more comes than was announced shows only when more is asked for.
    if (start + size === total) await reader.read();
    return bytes;
  };

  return {
    async read(part) {
      if (!kept.has(part.number)) {
        if (part.start !== position) throw lost();
        position += part.size;
        const bytes = last.then(() => fill(part));
        last = bytes;
        kept.set(part.number, bytes);
      }
      return kept.get(part.number) ?? new Uint8Array();
    },
    release: ({ number }) => kept.delete(number),
  };
}

function lost(): SlipwayError {
  return new SlipwayError({
    code: 'invalid_source',
    message: 'A stream is read once, and the bytes that are wanted again are gone.',
  });
}
