import { Worker } from 'node:worker_threads';
import { EngineError } from '../../errors.ts';
import type { AnswerTo, DecodeOrder } from './protocol.ts';

export type DecoderRun = {
  /** Shown in messages. */
  readonly name: string;
  readonly maxSeconds: number;
};

/**
 * Runs a WASM decoder in a thread of its own, so that a file on which it never ends, or breaks, costs
 * no more than its time. The thread ends with its answer.
 * @throws EngineError `damaged`, or `timed_out` after `maxSeconds`
 */
export async function runDecoder<O extends DecodeOrder>(
  order: O,
  { name, maxSeconds }: DecoderRun,
): Promise<AnswerTo<O>> {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { workerData: order });
  let timer: NodeJS.Timeout | undefined;
  try {
    return await new Promise((resolve, reject) => {
      timer = setTimeout(() => reject(tooSlow(name, maxSeconds)), maxSeconds * 1000);
      worker.once('message', resolve);
      worker.once('error', (cause) => reject(undecodable(name, cause)));
      worker.once('exit', () => reject(undecodable(name)));
    });
  } finally {
    clearTimeout(timer);
    await worker.terminate();
  }
}

export function tooSlow(name: string, maxSeconds: number): EngineError {
  return new EngineError(
    'timed_out',
    `"${name}" takes longer than ${maxSeconds} seconds to open. Please export it again as JPEG.`,
  );
}

function undecodable(name: string, cause?: unknown): EngineError {
  return new EngineError(
    'damaged',
    `"${name}" cannot be decoded: it is damaged, or compressed in a way that is not supported. Please export it as JPEG.`,
    { cause },
  );
}
