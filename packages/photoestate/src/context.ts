import type { BaseContext } from '@repo/foundation/context';
import type { Queue } from '@repo/foundation/jobs';
import type { PubSub } from '@repo/foundation/pubsub';
import type { Slipway } from 'slipway/server';

/** What one engine process may use before it is stopped. */
export interface EngineLimits {
  maxSeconds: number;
  maxMemoryMb: number;
}

/** What every verb of this product gets first. */
export interface Context extends BaseContext {
  queue: Pick<Queue<Context>, 'enqueue'>;
  pubsub: PubSub;
  slipway: Slipway;
  engine: EngineLimits;
  /** Aborted when the process is asked to stop: long work ends and is left to another worker. */
  stopping: AbortSignal;
}
