import { Refusal } from './refusal.ts';

/** Aborts when we are asked to stop: by a signal, by the death of our parent, or by a failure. */
export interface StopRequest {
  readonly signal: AbortSignal;
  readonly requested: Promise<void>;
  /** The failure, if it was one. */
  failure(): Refusal | undefined;
  fail(reason: Refusal): void;
}

export function listenForStop(): StopRequest {
  const controller = new AbortController();
  let failure: Refusal | undefined;
  const stop = (): void => controller.abort(new Refusal('Stopped.'));
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, stop);
  if (process.channel) {
    process.on('disconnect', stop);
    process.channel.unref();
  }
  return {
    signal: controller.signal,
    requested: new Promise((resolve) => {
      controller.signal.addEventListener('abort', () => resolve(), { once: true });
    }),
    failure: () => failure,
    fail(reason) {
      if (controller.signal.aborted) return;
      failure = reason;
      controller.abort(reason);
    },
  };
}
