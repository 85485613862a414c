interface Call<Input, Output> {
  readonly input: Input;
  readonly resolve: (output: Output) => void;
  readonly reject: (error: unknown) => void;
}

export interface PerTurnOptions<Input> {
  /** Calls of different groups never wait for each other. */
  groupBy?: (input: Input) => string;
  /** So many calls are one run; more begin the next. */
  most: number;
}

/**
 * Answers the calls that come in one turn of the event loop with one `run`, so that requests that
 * arrive together share a statement. It begins after the last of them came: what it reads is never
 * older than a call. Its answers stand in the order of its inputs; when it fails, all its calls do.
 */
export function perTurn<Input, Output>(
  run: (inputs: readonly Input[]) => Promise<readonly Output[]>,
  { groupBy = () => '', most }: PerTurnOptions<Input>,
): (input: Input) => Promise<Output> {
  let groups = new Map<string, Call<Input, Output>[]>();

  async function answer(calls: readonly Call<Input, Output>[]): Promise<void> {
    try {
      const outputs = await run(calls.map(({ input }) => input));
      if (outputs.length !== calls.length) {
        throw new Error(`${calls.length} calls got ${outputs.length} answers`);
      }
      for (const [index, call] of calls.entries()) call.resolve(outputs[index] as Output);
    } catch (error) {
      for (const call of calls) call.reject(error);
    }
  }

  function begin(): void {
    const all = groups;
    groups = new Map();
    for (const calls of all.values()) void answer(calls);
  }

  return (input) =>
    new Promise((resolve, reject) => {
      if (groups.size === 0) setImmediate(begin);
      const key = groupBy(input);
      const calls = groups.get(key) ?? [];
      groups.set(key, calls);
      calls.push({ input, resolve, reject });
      if (calls.length < most) return;
      groups.delete(key);
      void answer(calls);
    });
}
