import { Worker } from 'node:worker_threads';
import { EngineError } from '../errors.ts';
import type { FrameGroups, GroupableFrame, GroupOptions } from './group-frames.ts';
import type { GroupOrder } from './group-thread.ts';

/** MB: a thousand fingerprints made ready for comparing are 100. */
const HEAP_MB = 512;

/**
 * As `groupFrames`, in a thread of its own: frames without dates are compared two by two, and a
 * thousand of one view take a minute that nothing else should wait for.
 * @throws EngineError `cancelled` when `signal` is aborted, `crashed` when the thread ends without an answer
 */
export function groupFramesAside(
  frames: readonly GroupableFrame[],
  { signal, ...options }: GroupOptions & { readonly signal?: AbortSignal } = {},
): Promise<FrameGroups> {
  if (signal?.aborted) return Promise.reject(cancelled());
  const order: GroupOrder = { frames, options };
  const thread = new Worker(new URL('./group-thread.ts', import.meta.url), {
    workerData: order,
    resourceLimits: { maxOldGenerationSizeMb: HEAP_MB },
  });
  return new Promise<FrameGroups>((resolve, reject) => {
    const giveUp = (): void => reject(cancelled());
    signal?.addEventListener('abort', giveUp, { once: true });
    thread.once('message', resolve);
    thread.once('error', (cause) => reject(crashed(cause)));
    thread.once('exit', () => {
      signal?.removeEventListener('abort', giveUp);
      reject(crashed());
    });
  }).finally(() => thread.terminate());
}

function cancelled(): EngineError {
  return new EngineError('cancelled', 'The grouping was cancelled.');
}

function crashed(cause?: unknown): EngineError {
  return new EngineError('crashed', 'The thread that grouped frames stopped unexpectedly.', {
    cause,
  });
}
