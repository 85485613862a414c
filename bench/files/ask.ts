// The asking tool, in a process of its own: one question after the other on each connection.
import { Agent, request } from 'node:http';
import { createHistogram, performance } from 'node:perf_hooks';
import { scriptInput, scriptResult } from '../child-process.ts';

export interface AskInput {
  readonly url: string;
  readonly apiKey: string;
  readonly path: string;
  readonly connections: number;
  readonly seconds: number;
  /** How many files the answer has to hold. */
  readonly expected: number;
}

export interface AskResult {
  readonly count: number;
  /** Milliseconds. */
  readonly p50: number;
  readonly p99: number;
  /** Answers with another status or another number of files. */
  readonly errors: number;
}

const input = scriptInput<AskInput>();
const agent = new Agent({ keepAlive: true, maxSockets: input.connections });
const latency = createHistogram();
let errors = 0;
const end = performance.now() + input.seconds * 1000;
await Promise.all(Array.from({ length: input.connections }, askUntilEnd));
agent.destroy();
scriptResult({
  count: latency.count,
  p50: latency.percentile(50) / 1e6,
  p99: latency.percentile(99) / 1e6,
  errors,
} satisfies AskResult);

async function askUntilEnd(): Promise<void> {
  while (performance.now() < end) {
    const began = performance.now();
    const found = await ask();
    latency.record(Math.max(1, Math.round((performance.now() - began) * 1e6)));
    if (found !== input.expected) errors += 1;
  }
}

/** The number of files in the answer; -1 when it is none. */
function ask(): Promise<number> {
  return new Promise((resolve) => {
    const headers = { authorization: `Bearer ${input.apiKey}` };
    const sent = request(`${input.url}${input.path}`, { agent, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => {
        if (response.statusCode !== 200) return resolve(-1);
        const { data } = JSON.parse(Buffer.concat(chunks).toString()) as { data: unknown[] };
        resolve(data.length);
      });
    });
    sent.on('error', () => resolve(-1));
    sent.end();
  });
}
