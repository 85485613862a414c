import { parentPort, workerData } from 'node:worker_threads';
import { type GroupableFrame, type GroupOptions, groupFrames } from './group-frames.ts';

/** What a thread of `groupFramesAside` is given. */
export type GroupOrder = {
  readonly frames: readonly GroupableFrame[];
  readonly options: GroupOptions;
};

const { frames, options } = workerData as GroupOrder;
parentPort?.postMessage(groupFrames(frames, options));
