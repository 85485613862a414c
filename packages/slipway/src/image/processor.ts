import { join } from 'node:path';
import { ChildFailure, createChildPool } from '@repo/foundation/child-pool';
import { slipwayError } from '../errors.ts';
import { DecoderAnswer, type DecoderRequest, type RenderRequest } from './decoder/protocol.ts';

export interface ImageLimits {
  /** Pictures of more pixels are refused. */
  readonly maxPixels: number;
  /** A picture that takes longer is given up. */
  readonly maxSeconds: number;
  /** A decoder that takes more memory (MiB) is stopped. */
  readonly maxMemoryMb: number;
  /** Decoders at work at once. */
  readonly processes: number;
}

export interface RenderedImage {
  readonly contentType: string;
  /** Pixels. */
  readonly width: number;
  readonly height: number;
  /** Of the picture that it was made from, upright. */
  readonly source: { readonly width: number; readonly height: number };
  readonly thumbhash?: string | undefined;
}

export interface ImageProcessor {
  /**
   * Makes one picture from another, in a process of its own.
   * @throws `image_unsupported`, `image_too_large`, `image_damaged`, `image_too_costly`; `unavailable`
   * when more is asked than can be done right now.
   */
  render(request: Omit<RenderRequest, 'maxPixels'>): Promise<RenderedImage>;
  /**
   * How large the picture at this path is, upright.
   * @throws `image_unsupported`, `image_damaged`, `image_too_costly`; `unavailable`.
   */
  measure(path: string): Promise<{ width: number; height: number }>;
  close(): void;
}

/** `import.meta.dirname`, because the servers' bundle starts it from its source. */
const DECODER = join(import.meta.dirname, 'decoder', 'child.ts');
/** A page of pictures that nobody has seen yet; more is a queue that nobody waits for. */
const WAITING_PER_PROCESS = 64;
const IDLE_MS = 60_000;
const PICTURES_PER_PROCESS = 500;
/** JavaScript only passes messages there; pixels live outside its heap. */
const HEAP_MB = 128;

export function createImageProcessor(limits: ImageLimits): ImageProcessor {
  const { maxPixels, maxSeconds, maxMemoryMb, processes } = limits;
  const pool = createChildPool<DecoderRequest, DecoderAnswer>({
    script: DECODER,
    size: processes,
    maxWaiting: processes * WAITING_PER_PROCESS,
    limits: { timeoutMs: maxSeconds * 1000, memoryMb: maxMemoryMb, heapMb: HEAP_MB },
    idleMs: IDLE_MS,
    jobsPerProcess: PICTURES_PER_PROCESS,
    parseAnswer: (message) => DecoderAnswer.parse(message),
  });
  const ask = async (request: DecoderRequest) => {
    const answer = await pool
      .run(request)
      .catch((error: unknown) => Promise.reject(publicError(error, limits)));
    switch (answer.type) {
      case 'rendered':
      case 'measured':
        return answer;
      case 'refused':
        throw slipwayError(answer.code, answer.message, { cause: answer.cause });
      case 'failed':
        throw new Error('a picture could not be made', { cause: answer.cause });
    }
  };
  return {
    async render(request) {
      const answer = await ask({ ...request, maxPixels });
      if (answer.type === 'rendered') return answer;
      throw new Error('a decoder gave another answer than was asked for');
    },
    async measure(path) {
      const { width, height } = await ask({ measure: path });
      return { width, height };
    },
    close: pool.close,
  };
}

function publicError(error: unknown, { maxSeconds, maxMemoryMb }: ImageLimits): unknown {
  if (!(error instanceof ChildFailure)) return error;
  switch (error.reason) {
    case 'timed_out':
      return slipwayError(
        'image_too_costly',
        `This picture could not be made within ${maxSeconds} seconds; ask for a smaller one, or for another format.`,
        { cause: error },
      );
    case 'out_of_memory':
      return slipwayError(
        'image_too_costly',
        `This picture needs more than ${maxMemoryMb} MiB of memory to be made; upload a smaller one.`,
        { cause: error },
      );
    case 'crashed':
      return slipwayError(
        'image_damaged',
        'The decoder stopped unexpectedly on this picture; it may be damaged.',
        { cause: error },
      );
    case 'busy':
    case 'closed':
      return slipwayError('unavailable', 'Too many pictures are being made; ask again.', {
        cause: error,
        retryAfter: 2,
      });
  }
}
