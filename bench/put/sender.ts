// Sends so many bytes in one request. The same program for every server, in a process of its own.
import { randomFillSync } from 'node:crypto';
import { once } from 'node:events';
import { type ClientRequest, type IncomingMessage, request } from 'node:http';
import { ownCpu, scriptInput, scriptResult } from '../child-process.ts';
import { MIB } from '../report.ts';

export interface SendInput {
  readonly url: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly size: number;
}

export interface SendResult {
  readonly status: number;
  /** From the request's first byte to the answer's last. */
  readonly seconds: number;
  /** CPU seconds of the sender itself. */
  readonly cpu: number;
}

/** Random, made once and sent again and again: making a gigabyte would cost more than sending it. */
const STOCK = randomFillSync(Buffer.allocUnsafe(16 * MIB));
const CHUNK = MIB;

const { url, method, headers, size } = scriptInput<SendInput>();
const before = ownCpu();
const began = performance.now();
const outgoing = request(url, { method, headers: { ...headers, 'content-length': size } });
const answered = answerTo(outgoing);
await sendAll(outgoing);
const status = await answered;
scriptResult({
  status,
  seconds: (performance.now() - began) / 1000,
  cpu: ownCpu() - before,
} satisfies SendResult);

/** Node takes what it is given and says when it wants more; a closed connection ends the wait, too. */
async function sendAll(target: ClientRequest): Promise<void> {
  let wake: () => void = () => undefined;
  target.on('drain', () => wake());
  target.on('close', () => wake());
  for (let sent = 0; sent < size && !target.destroyed; sent += CHUNK) {
    const start = sent % STOCK.length;
    const chunk = STOCK.subarray(start, start + Math.min(CHUNK, size - sent));
    const full = !target.write(chunk);
    if (full) await new Promise<void>((resolve) => (wake = resolve));
  }
  target.end();
}

async function answerTo(target: ClientRequest): Promise<number> {
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    target.once('response', resolve);
    target.once('error', reject);
  });
  response.resume();
  await once(response, 'end');
  return response.statusCode ?? 0;
}
