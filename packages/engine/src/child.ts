import { flushCompileCache } from 'node:module';
import process from 'node:process';
import sharp from 'sharp';
import type { ChildMessage, EngineRequest, PractiseMessage } from './child-protocol.ts';
import { EngineError, toEngineError } from './errors.ts';
import { handleRequest } from './handle-request.ts';
import { practise } from './practice/practise.ts';

/**
 * The engine as a process of its own: forked by `runEngineChild`, it does one request and exits; by a runner, it
 * may practise before that request comes. A photo that makes the decoder crash or eat all memory takes this process down and nothing else.
 */

// One job per process: a cache would only hold memory, and two threads keep up with the pixel loops.
sharp.cache(false);
sharp.concurrency(2);

if (process.send === undefined) {
  process.stderr.write(
    "This script is the engine's child process and is started by runEngineChild.\n",
  );
  process.exit(2);
}
listen();

function listen(): void {
  // Without a parent nobody waits for the result, and nobody would stop this process either.
  process.once('disconnect', () => process.exit(1));
  process.once('message', (message) => {
    if (isPractise(message)) void prepare(message);
    else begin(message);
  });
}

function begin(message: unknown): void {
  tell({ type: 'begun' });
  void answer(message).then(finish, (error: unknown) => finish(failure(error)));
}

/** Whatever goes wrong here ends the process: whoever waits for it takes another one. */
async function prepare(message: PractiseMessage): Promise<void> {
  await practise(message);
  process.once('message', begin);
  tell({ type: 'ready' });
}

function tell(message: ChildMessage): void {
  if (process.connected) process.send?.(message);
}

function isPractise(message: unknown): message is PractiseMessage {
  return (
    typeof message === 'object' &&
    message !== null &&
    'type' in message &&
    message.type === 'practise'
  );
}

async function answer(message: unknown): Promise<ChildMessage> {
  if (!isRequest(message))
    throw new EngineError(
      'invalid_request',
      'Expected a message of type "enhance", "inspect" or "copy".',
    );
  return await handleRequest(message, tell);
}

function isRequest(message: unknown): message is EngineRequest {
  if (typeof message !== 'object' || message === null || !('type' in message)) return false;
  return ['enhance', 'inspect', 'copy'].includes(String(message.type));
}

function failure(error: unknown): ChildMessage {
  const { code, message, cause } = toEngineError(error);
  if (code === 'internal' && cause instanceof Error)
    process.stderr.write(`${cause.stack ?? cause.message}\n`);
  return { type: 'failed', code, message };
}

function finish(message: ChildMessage): void {
  const code = message.type === 'failed' ? 1 : 0;
  process.removeAllListeners('disconnect');
  // The parent ends this process as soon as it has its answer.
  flushCompileCache();
  process.send?.(message, () => process.exit(code));
}
