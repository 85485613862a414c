import { connect, type Socket } from 'node:net';
import type { ClamdAddress } from './clamd-address.ts';
import { unexpectedAnswer } from './clamd-answer.ts';
import { ScannerError } from './scanner-error.ts';

export interface ClamdTimeouts {
  /** Until the connection stands. */
  connectMs: number;
  /** Without a byte in either direction: while sending, and while clamd thinks. */
  idleMs: number;
  /** For one question and its answer. */
  totalMs: number;
}

export interface Question<T> {
  /** Rejects when the socket does; that it resolves means that everything was handed over. */
  send(socket: Socket): Promise<void>;
  /** Makes sense of the answer, or throws `ScannerError`. */
  read(answer: string): T;
}

const MAX_ANSWER_BYTES = 4096;

/**
 * One connection, one question, one answer, which ends in NUL and the end of the connection.
 *
 * @throws `ScannerError`; what `send` itself throws passes through.
 */
export async function askClamd<T>(
  clamd: { address: ClamdAddress; timeouts: ClamdTimeouts },
  question: Question<T>,
): Promise<T> {
  const { connectMs, idleMs, totalMs } = clamd.timeouts;
  const began = performance.now();
  const socket = await connectClamd(clamd.address, Math.min(connectMs, totalMs));
  const give = (reason: string) => socket.destroy(new ScannerError('timed_out', reason));
  const deadline = setTimeout(
    () => give(`clamd gave no answer in ${totalMs} ms.`),
    Math.max(0, totalMs - (performance.now() - began)),
  );
  socket.setTimeout(idleMs, () => give(`Nothing moved between us and clamd for ${idleMs} ms.`));
  const inbox = openInbox(socket, question.read);
  try {
    await question.send(socket);
    inbox.everythingIsSent();
    return question.read(await inbox.answer);
  } finally {
    clearTimeout(deadline);
    socket.destroy();
  }
}

function connectClamd(address: ClamdAddress, timeoutMs: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    // Half open: that clamd says no more must not look like our having sent everything.
    const socket = connect({ ...address, allowHalfOpen: true, noDelay: true });
    const timer = setTimeout(
      () => socket.destroy(new Error(`no connection in ${timeoutMs} ms`)),
      timeoutMs,
    );
    const refuse = (error: Error): void => {
      clearTimeout(timer);
      const where = 'path' in address ? address.path : `${address.host}:${address.port}`;
      reject(new ScannerError('unreachable', `clamd cannot be reached at ${where}.`, error));
    };
    socket.once('error', refuse);
    socket.once('connect', () => {
      clearTimeout(timer);
      socket.off('error', refuse);
      resolve(socket);
    });
  });
}

/** Collects the answer. One that comes while we are still sending ends the connection. */
function openInbox(socket: Socket, read: (answer: string) => unknown) {
  let text = '';
  let sent = false;
  const { promise: answer, resolve, reject } = Promise.withResolvers<string>();
  // Whoever is still sending hears of it from the socket.
  answer.catch(() => undefined);
  const fail = (error: ScannerError): void => {
    reject(error);
    socket.destroy(error);
  };
  const finish = (): void => {
    const problem = problemOf(text);
    if (problem === undefined) resolve(text.slice(0, -1));
    else fail(problem);
  };
  const problemOf = (answered: string): ScannerError | undefined => {
    const end = answered.indexOf('\0');
    if (end === -1) return hungUp(socket);
    if (end !== answered.length - 1) return unexpectedAnswer('one answer', answered);
    return sent ? undefined : tooEarly(answered.slice(0, -1), read);
  };
  socket.setEncoding('latin1');
  socket.on('data', (chunk: string) => {
    text += chunk;
    if (text.length > MAX_ANSWER_BYTES) fail(unexpectedAnswer('an answer', text));
    else if (!sent && text.endsWith('\0')) finish();
  });
  socket.once('end', finish);
  socket.once('error', (error) => reject(lineFailure(socket, error)));
  return {
    answer,
    everythingIsSent: (): void => {
      sent = true;
    },
  };
}

/** What the system says about a connection, in our words; anything else is not ours to explain. */
export function lineFailure(socket: Socket, error: unknown): unknown {
  return error instanceof Error && 'syscall' in error ? hungUp(socket, error) : error;
}

function hungUp(socket: Socket, cause?: Error): ScannerError {
  return new ScannerError(
    'closed_early',
    `clamd closed the connection after ${socket.bytesWritten} bytes, before its answer was here. Where that is always so, its StreamMaxLength is smaller than what it is asked.`,
    cause,
  );
}

/** Said about a part only: an error may stand, a verdict may not. */
function tooEarly(said: string, read: (answer: string) => unknown): ScannerError {
  try {
    read(said);
  } catch (error) {
    if (error instanceof ScannerError) return error;
    throw error;
  }
  return unexpectedAnswer('no answer before it had all bytes', said);
}
