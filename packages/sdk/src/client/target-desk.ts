import type { FileInfo } from '../shared/types.ts';
import { UploadError } from './errors.ts';
import type { PendingUpload, UploadTransport } from './transport.ts';

interface Asker<Input> {
  readonly info: FileInfo;
  readonly input: Input;
  readonly resolve: (target: PendingUpload) => void;
  readonly reject: (error: unknown) => void;
}

const GATHER = 10;

/** Asks for targets; files that ask within a moment share one request. */
export class TargetDesk<Input, Data> {
  readonly #transport: UploadTransport<Input, Data>;
  #waiting: Asker<Input>[] = [];

  constructor(transport: UploadTransport<Input, Data>) {
    this.#transport = transport;
  }

  ask(info: FileInfo, input: Input): Promise<PendingUpload> {
    return new Promise((resolve, reject) => {
      if (this.#waiting.length === 0) setTimeout(() => this.#flush(), GATHER);
      this.#waiting.push({ info, input, resolve, reject });
    });
  }

  #flush(): void {
    const groups = new Map<Input, Asker<Input>[]>();
    for (const asker of this.#waiting)
      groups.set(asker.input, [...(groups.get(asker.input) ?? []), asker]);
    this.#waiting = [];
    for (const [input, askers] of groups) void this.#request(input, askers);
  }

  async #request(input: Input, askers: readonly Asker<Input>[]): Promise<void> {
    try {
      const signal = AbortSignal.timeout(120_000);
      const answers = await this.#transport.request(
        askers.map(({ info }) => info),
        { input, signal },
      );
      askers.forEach(({ resolve, reject }, index) => {
        const answer = answers[index];
        if (answer?.ok) resolve(answer);
        else
          reject(
            new UploadError(
              answer?.error ?? { code: 'unexpected_answer', message: 'The server forgot a file.' },
            ),
          );
      });
    } catch (error) {
      for (const { reject } of askers) reject(error);
    }
  }
}
