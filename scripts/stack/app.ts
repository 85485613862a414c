import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Child, type Exit, startChild } from './child.ts';
import { entryOf } from './entry.ts';
import { type LogFile, openLogFile } from './log-file.ts';
import { readLogLine } from './log-line.ts';
import type { Mode, Product } from './products.ts';
import { Refusal } from './refusal.ts';
import type { Terminal } from './terminal.ts';

export interface AppWish {
  readonly product: Product;
  readonly mode: Mode;
  readonly logFolder: string;
  readonly terminal: Terminal;
  /** The app is down for good; the reason is for people. */
  readonly onFailure: (reason: Refusal) => void;
}

const READY_LIMIT_MS = 120_000;
const GRACE_MS = 10_000;
const PAUSES_MS = [500, 1000, 2000, 4000, 8000] as const;
/** After this long without a crash the count begins anew. */
const CALM_MS = 10 * 60_000;

/** One product's process: started, watched, started again when it dies. */
export class App {
  readonly #wish: AppWish;
  readonly #log: LogFile;
  #child: Child | undefined;
  #state: 'starting' | 'ready' | 'stopping' = 'starting';
  #crashes = 0;
  #lastCrash = 0;
  #lastWarning = 'see its log';

  constructor(wish: AppWish) {
    this.#wish = wish;
    this.#log = openLogFile(join(wish.logFolder, `${wish.product.app}.log`));
  }

  /** Resolves when the product answers; rejects when it ends before that. */
  async start(signal: AbortSignal): Promise<void> {
    const child = this.#launch();
    const early = child.exited.then((exit) => {
      if (this.#isStopping()) throw new Refusal('Stopped.');
      // While developing a mistake at the start is ordinary: the next save tries again.
      if (this.#wish.mode === 'development') return this.#untilReady(signal);
      throw new Refusal(`${this.#wish.product.title} did not start (${describeExit(exit)}).`);
    });
    // Once ready, an exit is #onExit's business.
    early.catch(() => undefined);
    await Promise.race([early, this.#untilReady(signal)]);
    signal.throwIfAborted();
    if (this.#state === 'starting') this.#state = 'ready';
  }

  async stop(): Promise<void> {
    this.#state = 'stopping';
    await this.#child?.stop(GRACE_MS);
    this.#log.close();
  }

  /** For changed sources: the former process ends first, because both want the port. */
  async restart(): Promise<void> {
    if (this.#state === 'stopping') return;
    const former = this.#child;
    this.#child = undefined;
    await former?.stop(GRACE_MS);
    if (this.#isStopping()) return;
    this.#launch();
  }

  #isStopping(): boolean {
    return this.#state === 'stopping';
  }

  #launch(): Child {
    const { product } = this.#wish;
    const child = startChild({
      args: [entryOf(product.app, 'main', this.#wish.mode)],
      env: product.env,
      onOut: (line) => this.#onLine(line),
      onErr: (line) => {
        this.#log.write(line);
        this.#wish.terminal.complain(line);
      },
    });
    this.#child = child;
    void child.exited.then((exit) => this.#onExit(child, exit));
    return child;
  }

  #onLine(line: string): void {
    this.#log.write(line);
    const { product, terminal, mode } = this.#wish;
    const entry = readLogLine(line);
    const isOrdinary = this.#state === 'starting' && mode === 'production' && !entry?.isError;
    if (entry?.isWarning && isOrdinary) {
      // Until the other product is up, say; told only if it stays like that.
      this.#lastWarning = entry.text;
    } else if (entry?.isWarning) terminal.complain(`${product.app}  ${entry.text}`);
    else if (mode === 'development') terminal.say(`${product.app}  ${entry?.text ?? line}`);
  }

  async #untilReady(signal: AbortSignal): Promise<void> {
    const { product } = this.#wish;
    const limit = this.#wish.mode === 'development' ? Number.POSITIVE_INFINITY : READY_LIMIT_MS;
    const deadline = Date.now() + limit;
    while (Date.now() < deadline && !signal.aborted) {
      if (await answers(`${product.url}/readyz`)) return;
      await sleep(100);
    }
    if (signal.aborted) return;
    throw new Refusal(
      `${product.title} was not ready within ${READY_LIMIT_MS / 1000} s: ${this.#lastWarning}`,
    );
  }

  async #onExit(child: Child, exit: Exit): Promise<void> {
    if (this.#child !== child || this.#state === 'stopping') return;
    const { product, terminal, mode, onFailure } = this.#wish;
    const told = `${product.title} stopped unexpectedly (${describeExit(exit)})`;
    if (mode === 'development') {
      terminal.complain(`${told}. It is started again when a file changes.`);
      return;
    }
    if (this.#state === 'starting') return;
    if (Date.now() - this.#lastCrash > CALM_MS) this.#crashes = 0;
    this.#lastCrash = Date.now();
    const pause = PAUSES_MS[this.#crashes++];
    if (pause === undefined) {
      onFailure(new Refusal(`${told}, ${this.#crashes} times. Its log: ${this.#wish.logFolder}`));
      return;
    }
    terminal.complain(`${told}. Starting it again.`);
    await sleep(pause);
    if (!this.#isStopping() && this.#child === child) this.#launch();
  }
}

async function answers(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(5000) });
    await response.body?.cancel();
    return response.ok;
  } catch {
    return false;
  }
}

function describeExit({ code, signal }: Exit): string {
  return signal ? `signal ${signal}` : `exit ${code}`;
}
