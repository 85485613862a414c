interface Call<Input, Output> {
  readonly input: Input;
  readonly resolve: (output: Output) => void;
  readonly reject: (error: unknown) => void;
}

type Run<Input, Output> = (inputs: readonly Input[], group: string) => Promise<readonly Output[]>;

export interface PerTurnOptions<Input> {
  /** Calls of different groups never wait for each other. */
  groupBy?: (input: Input) => string;
  /** So many calls are one run; more begin the next. */
  most: number;
  /**
   * A group's next run waits for the one before, and takes what came meanwhile: for runs that would
   * wait for each other's locks in any case, and hold a connection each.
   */
  oneAtATime?: boolean;
}

/**
 * Answers the calls that come in one turn of the event loop with one `run`, so that requests that
 * arrive together share a statement. It begins after the last of them came: what it reads is never
 * older than a call. Its answers stand in the order of its inputs; when it fails, all its calls do.
 */
export function perTurn<Input, Output>(
  run: Run<Input, Output>,
  { groupBy = () => '', most, oneAtATime = false }: PerTurnOptions<Input>,
): (input: Input) => Promise<Output> {
  const waiting = new Map<string, Call<Input, Output>[]>();
  const running = new Set<string>();

  async function begin(key: string): Promise<void> {
    const calls = waiting.get(key);
    if (calls === undefined || running.has(key)) return;
    const now = calls.splice(0, most);
    if (calls.length === 0) waiting.delete(key);
    else setImmediate(begin, key);
    if (oneAtATime) running.add(key);
    const inputs = now.map(({ input }) => input);
    await answer(now, () => run(inputs, key));
    if (running.delete(key)) void begin(key);
  }

  return (input) =>
    new Promise((resolve, reject) => {
      const key = groupBy(input);
      const call = { input, resolve, reject };
      const calls = waiting.get(key);
      if (calls !== undefined) {
        calls.push(call);
        return;
      }
      waiting.set(key, [call]);
      setImmediate(begin, key);
    });
}

async function answer<Input, Output>(
  calls: readonly Call<Input, Output>[],
  run: () => Promise<readonly Output[]>,
): Promise<void> {
  try {
    const outputs = await run();
    if (outputs.length !== calls.length) {
      throw new Error(`${calls.length} calls got ${outputs.length} answers`);
    }
    for (const [index, call] of calls.entries()) call.resolve(outputs[index] as Output);
  } catch (error) {
    for (const call of calls) call.reject(error);
  }
}
