import type { PractiseMessage } from './child-protocol.ts';
import { EngineChild } from './engine-child.ts';

/** Practice takes about 4 s; on a machine that is very busy several times that. */
const PRACTICE_MS = 120_000;

/** A process that practises and then waits for the one request it will get. It has seen nobody's photo. */
export class SpareChild {
  /** Settles when practice is over: false when it went wrong or was ended. */
  readonly ready: Promise<boolean>;
  readonly #child = new EngineChild();
  #state: 'practising' | 'ready' | 'taken' | 'ended' = 'practising';

  /** @param onLost called once when it is lost without having been taken or ended */
  constructor(
    practice: Omit<PractiseMessage, 'type'>,
    onLost: (lost: SpareChild, reason: Error) => void,
  ) {
    const { promise, resolve } = Promise.withResolvers<boolean>();
    this.ready = promise;
    const timer = setTimeout(() => this.#child.kill(), PRACTICE_MS).unref();
    this.#child.listen(({ type }) => {
      if (type !== 'ready' || this.#state !== 'practising') return;
      clearTimeout(timer);
      this.#state = 'ready';
      resolve(true);
    });
    void this.#child.ended.then(({ signal, cause }) => {
      clearTimeout(timer);
      resolve(false);
      if (this.#state === 'taken' || this.#state === 'ended') return;
      const when = this.#state === 'ready' ? 'while it waited' : 'while it practised';
      this.#state = 'ended';
      const how = signal ?? 'by itself';
      onLost(
        this,
        new Error(`A spare engine process ended ${when}: ${how}.\n${this.#child.stderr}`, {
          cause,
        }),
      );
    });
    this.#child.send({ type: 'practise', ...practice });
  }

  get isReady(): boolean {
    return this.#state === 'ready';
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  /** The process, for its request: it is the taker's from now on. */
  take(): EngineChild {
    this.#state = 'taken';
    return this.#child;
  }

  async end(): Promise<void> {
    this.#state = 'ended';
    this.#child.kill();
    await this.#child.ended;
  }
}
