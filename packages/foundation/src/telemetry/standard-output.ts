import { pino } from 'pino';

export interface LineStream {
  write(text: string): void;
  flushSync(): void;
}

/** So much a pipe takes in one piece; of more, another writer's lines could land in the middle. */
const MOST_BYTES = 4096;

let output: LineStream | undefined;

/** Does not wait for whoever reads it. What the last turn wrote is out when the process exits. */
export function standardOutput(): LineStream {
  if (output !== undefined) return output;
  const stream = linesPerTurn(pino.destination({ fd: 1, sync: false, maxWrite: MOST_BYTES }));
  process.on('exit', () => stream.flushSync());
  output = stream;
  return stream;
}

/**
 * Hands on what is written during one turn of the event loop in one piece: a system call for each
 * line costs more than the line.
 */
export function linesPerTurn(target: LineStream): LineStream {
  let waiting = '';
  let bytes = 0;
  const handOn = () => {
    if (bytes === 0) return;
    const text = waiting;
    waiting = '';
    bytes = 0;
    target.write(text);
  };
  return {
    write(text) {
      const more = Buffer.byteLength(text);
      if (bytes + more > MOST_BYTES) handOn();
      if (bytes === 0) setImmediate(handOn);
      waiting += text;
      bytes += more;
    },
    flushSync() {
      handOn();
      target.flushSync();
    },
  };
}
