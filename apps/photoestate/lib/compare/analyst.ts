import type { Clipping, Difference, Histogram } from './analysis.ts';
import type { Answer, Question } from './analysis-worker.ts';
import type { Projection, Quad } from './projection.ts';

type Asked = { resolve: (answer: Answer) => void; reject: (error: Error) => void };
type WithoutId<T> = T extends unknown ? Omit<T, 'id'> : never;

export type Measured = Histogram & Clipping & { milliseconds: number };

/** Looks at pictures in a thread of its own, so that nothing on the page waits for it. */
export class Analyst {
  readonly #worker: Worker;
  readonly #asked = new Map<number, Asked>();
  #last = 0;

  constructor() {
    this.#worker = new Worker(new URL('./analysis-worker.ts', import.meta.url), {
      type: 'module',
      name: 'analysis',
    });
    this.#worker.addEventListener('message', ({ data }: MessageEvent<Answer>) => {
      const asked = this.#asked.get(data.id);
      this.#asked.delete(data.id);
      if ('error' in data) asked?.reject(new Error(data.error));
      else asked?.resolve(data);
    });
    this.#worker.addEventListener('error', () => {
      for (const { reject } of this.#asked.values()) reject(new Error('the thread ended'));
      this.#asked.clear();
    });
  }

  async histogram(url: string, part: Quad): Promise<Measured> {
    const answer = await this.#ask({ kind: 'histogram', url, part });
    if (!('histogram' in answer)) throw new Error('expected a histogram');
    return { ...answer.histogram, milliseconds: answer.milliseconds };
  }

  async mask(url: string): Promise<ImageBitmap> {
    const answer = await this.#ask({ kind: 'mask', url });
    if (!('mask' in answer)) throw new Error('expected a mask');
    return answer.mask;
  }

  /** @param pair two addresses, and the way from shares of the left one to those of the right one */
  async difference(pair: { left: string; right: string; there: Projection }): Promise<Difference> {
    const answer = await this.#ask({ kind: 'difference', ...pair });
    if (!('difference' in answer)) throw new Error('expected a difference');
    return answer.difference;
  }

  stop(): void {
    this.#worker.terminate();
  }

  #ask(question: WithoutId<Question>): Promise<Answer> {
    this.#last += 1;
    const id = this.#last;
    return new Promise((resolve, reject) => {
      this.#asked.set(id, { resolve, reject });
      this.#worker.postMessage({ ...question, id });
    });
  }
}
