// The load tool, in a process of its own: sends the same request over and over.
import autocannon from 'autocannon';
import { ownCpu, scriptInput, scriptResult } from '../child-process.ts';

export interface LoadInput {
  readonly url: string;
  /** Of one project or of several: the connections take them in turn. */
  readonly apiKeys: readonly string[];
  readonly body: unknown;
  readonly connections: number;
  readonly seconds: number;
}

export interface LoadResult {
  readonly perSecond: number;
  readonly count: number;
  /** Milliseconds. */
  readonly p50: number;
  readonly p99: number;
  /** Everything but the answer that was wanted. */
  readonly errors: number;
  /** CPU seconds of the load tool itself. */
  readonly cpu: number;
}

const input = scriptInput<LoadInput>();
let clients = 0;
const before = ownCpu();
const result = await autocannon({
  url: input.url,
  method: 'POST',
  setupClient: (client) => {
    const key = input.apiKeys[clients++ % input.apiKeys.length];
    client.setHeaders({ authorization: `Bearer ${key}`, 'content-type': 'application/json' });
  },
  body: JSON.stringify(input.body),
  connections: input.connections,
  duration: input.seconds,
});
const answers = Object.entries(result.statusCodeStats);
const count = result.statusCodeStats['201']?.count ?? 0;
const others = answers.reduce((total, [code, { count: n }]) => total + (code === '201' ? 0 : n), 0);
scriptResult({
  perSecond: count / result.duration,
  count,
  p50: result.latency.p50,
  p99: result.latency.p99,
  errors: result.errors + result.timeouts + others,
  cpu: ownCpu() - before,
} satisfies LoadResult);
