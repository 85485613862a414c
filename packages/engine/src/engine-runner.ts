import type { AnswerTo, EngineRequest } from './child-protocol.ts';
import { askChild, DEFAULT_HEAP_MB, type EngineChild, type RunLimits } from './engine-child.ts';
import { EngineError } from './errors.ts';
import { runEngineChild } from './run-child.ts';
import { SpareChild } from './spare-child.ts';

export type RunnerOptions = {
  /** Photos that are enhanced at once. A spare process is only made while one of these places is free. */
  readonly places: number;
  /** Threads of each; an enhancement that asks for another number starts them itself. */
  readonly threads: number;
  /** Photos that a spare practises on, half of them held by hand; default 4, after which little more is gained. */
  readonly rounds?: number;
  /** A spare is made when nothing began or ended for this long; default 1 s. */
  readonly quietMs?: number;
  /** A spare is ended when the runner was asked for nothing for so long; default 10 minutes. */
  readonly idleMs?: number;
  /** Told of a spare that was lost. Nobody waits for one: what follows is slower, and never fails for it. */
  readonly onTrouble?: (reason: Error) => void;
};

const ROUNDS = 4;
const QUIET_MS = 1_000;
const IDLE_MS = 10 * 60_000;
/** A spare does nothing but wait, so one that has not taken its request up by then is not well. */
const TAKE_UP_MS = 2_000;

/**
 * Runs requests in processes of their own, as `runEngineChild` does, and keeps one process that has practised for
 * the next enhancement. Each process still gets one request and no second one.
 *
 * Practice costs more than it saves. So it is done when nobody waits for its cores, and left off when somebody
 * does: a long row of photos is made as fast as without.
 */
export class EngineRunner {
  readonly #options: RunnerOptions;
  #spare: SpareChild | null = null;
  #running = 0;
  #stopped = false;
  #quiet: NodeJS.Timeout | undefined;
  #idle: NodeJS.Timeout | undefined;

  constructor(options: RunnerOptions) {
    this.#options = options;
  }

  /** Process id of the spare that is ready. */
  get sparePid(): number | null {
    return this.#spare?.isReady === true ? (this.#spare.pid ?? null) : null;
  }

  /**
   * As `runEngineChild`; an enhancement begins in the spare process, when one is ready.
   * @throws EngineError as `runEngineChild` does
   */
  async run<R extends EngineRequest>(request: R, limits: RunLimits = {}): Promise<AnswerTo<R>> {
    const warm = this.#take(request, limits);
    this.#begin();
    try {
      const answer = warm === null ? null : await this.#tryWarm(warm, request, limits);
      return answer ?? (await runEngineChild(request, limits));
    } finally {
      this.#end();
    }
  }

  /** Makes a spare now, if a place is free. @returns whether one is ready */
  async prepare(): Promise<boolean> {
    clearTimeout(this.#quiet);
    if (this.#stopped || this.#isFull) return false;
    // Idle is counted from when it is ready, however long practice takes.
    clearTimeout(this.#idle);
    this.#spare ??= this.#startSpare();
    const isReady = (await this.#spare?.ready) ?? false;
    if (isReady && this.#running === 0) this.#letGoWhenIdle();
    return isReady;
  }

  /** Ends the spare and makes no more. Requests that run are ended by their own `signal`. */
  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#quiet);
    clearTimeout(this.#idle);
    await this.#letGo();
  }

  get #isFull(): boolean {
    return this.#running >= this.#options.places;
  }

  #begin(): void {
    this.#running++;
    clearTimeout(this.#quiet);
    clearTimeout(this.#idle);
    if (this.#isFull && this.#spare?.isReady === false) void this.#letGo();
  }

  #end(): void {
    this.#running--;
    if (this.#stopped) return;
    clearTimeout(this.#quiet);
    const { quietMs = QUIET_MS } = this.#options;
    this.#quiet = setTimeout(() => void this.prepare(), quietMs).unref();
    if (this.#running === 0) this.#letGoWhenIdle();
  }

  #letGoWhenIdle(): void {
    clearTimeout(this.#idle);
    if (this.#stopped) return;
    const { idleMs = IDLE_MS } = this.#options;
    this.#idle = setTimeout(() => void this.#letGo(), idleMs).unref();
  }

  async #letGo(): Promise<void> {
    const spare = this.#spare;
    this.#spare = null;
    await spare?.end();
  }

  #startSpare(): SpareChild | null {
    const { threads, rounds = ROUNDS } = this.#options;
    try {
      return new SpareChild({ threads, rounds }, (lost, reason) => {
        // Another one is made after the next request, not at once: it might end the same way, again and again.
        if (this.#spare === lost) this.#spare = null;
        this.#tell(reason);
      });
    } catch (cause) {
      this.#tell(new Error('A spare engine process could not be started.', { cause }));
      return null;
    }
  }

  #take(request: EngineRequest, limits: RunLimits): EngineChild | null {
    // An inspection is short, and those of an upload come just before the enhancement that the spare is for.
    if (request.type !== 'enhance' || limits.signal?.aborted) return null;
    if ((limits.maxOldSpaceMb ?? DEFAULT_HEAP_MB) !== DEFAULT_HEAP_MB) return null;
    if (this.#spare?.isReady !== true) return null;
    const child = this.#spare.take();
    this.#spare = null;
    return child;
  }

  /** Null when the process never took the request up: a fresh one gets it then, as if there had been no spare. */
  async #tryWarm<R extends EngineRequest>(
    child: EngineChild,
    request: R,
    limits: RunLimits,
  ): Promise<AnswerTo<R> | null> {
    let look: NodeJS.Immediate | undefined;
    const timer = setTimeout(() => {
      // Timers come before messages where this process itself was held up.
      look = setImmediate(() => {
        if (!child.hasBegun) child.kill();
      });
    }, TAKE_UP_MS);
    try {
      return await askChild(child, request, limits);
    } catch (error) {
      if (child.hasBegun || !isLoss(error)) throw error;
      this.#tell(new Error('A spare engine process did not take up its photo.', { cause: error }));
      return null;
    } finally {
      clearTimeout(timer);
      clearImmediate(look);
    }
  }

  #tell(reason: Error): void {
    this.#options.onTrouble?.(reason);
  }
}

/** The process is gone, and neither the caller nor the photo's time was the reason. */
function isLoss(error: unknown): boolean {
  return (
    error instanceof EngineError && (error.code === 'crashed' || error.code === 'out_of_memory')
  );
}
