// The asking tool, in a process of its own: one question after the other on each connection.
import { Agent, type IncomingMessage, request } from 'node:http';
import { createHistogram, performance } from 'node:perf_hooks';
import { scriptInput, scriptResult } from '../child-process.ts';
import type { Question } from './questions.ts';

export interface AskInput {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly question: Question;
  readonly connections: number;
  readonly seconds: number;
}

export interface AskResult {
  readonly count: number;
  /** Milliseconds. */
  readonly p50: number;
  readonly p95: number;
  readonly max: number;
  /** Answers with another status or another number of rows. */
  readonly errors: number;
}

const { url, headers, question, connections, seconds } = scriptInput<AskInput>();
const agent = new Agent({ keepAlive: true, maxSockets: connections });
const latency = createHistogram();
let errors = 0;
const end = performance.now() + seconds * 1000;
await Promise.all(Array.from({ length: connections }, askUntilEnd));
agent.destroy();
scriptResult({
  count: latency.count,
  p50: latency.percentile(50) / 1e6,
  p95: latency.percentile(95) / 1e6,
  max: latency.max / 1e6,
  errors,
} satisfies AskResult);

async function askUntilEnd(): Promise<void> {
  while (performance.now() < end) {
    const began = performance.now();
    const isRight = await ask().catch(() => false);
    latency.record(Math.max(1, Math.round((performance.now() - began) * 1e6)));
    if (!isRight) errors += 1;
  }
}

async function ask(): Promise<boolean> {
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    request(`${url}${question.path}`, { agent, headers }, resolve).on('error', reject).end();
  });
  if (response.statusCode !== 200) {
    response.resume();
    return false;
  }
  const chunks: Buffer[] = [];
  for await (const chunk of response) {
    if (question.begins) return true;
    chunks.push(chunk as Buffer);
  }
  const rows = rowsOf(JSON.parse(Buffer.concat(chunks).toString()));
  return question.expected === undefined || rows?.length === question.expected;
}

/** Of a page by REST, or of a procedure's. */
function rowsOf(answer: {
  data?: unknown[];
  result?: { data: { json: { data?: unknown[] } } };
}): unknown[] | undefined {
  return answer.data ?? answer.result?.data.json.data;
}
