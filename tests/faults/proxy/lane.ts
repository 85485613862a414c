import type { Socket } from 'node:net';
import type { ConnectionFault, Direction } from './plan.ts';

/** More than this waiting in a slow lane stops its source. */
const MOST_WAITING = 1024 * 1024;

export interface LaneWish {
  readonly direction: Direction;
  readonly from: Socket;
  readonly to: Socket;
  readonly fault: ConnectionFault;
  /**
   * Sees, and may change, what comes; says after how many bytes of the chunk the connection is cut,
   * or Infinity.
   */
  readonly inspect: (chunk: Buffer) => number;
  readonly onForwarded: (bytes: number) => void;
  readonly onCut: () => void;
  readonly onBlackhole: () => void;
}

/** One direction of a connection. */
export interface Lane {
  /** Nothing is read or sent any more; the sockets stay open. */
  freeze(): void;
}

export function openLane(wish: LaneWish): Lane {
  const { from, to, fault } = wish;
  const { delay = 0, bytesPerSecond } = fault;
  const isSlow = delay > 0 || bytesPerSecond !== undefined;
  const cutAt = limitOf(fault.cut, wish.direction);
  const holeAt = limitOf(fault.blackhole, wish.direction);
  let seen = 0;
  let waiting = 0;
  let frozen = false;
  /** What comes now is behind the last byte that passes. */
  let over = false;
  /** When the line is free for the next byte. */
  let freeAt = 0;

  function forward(chunk: Buffer): void {
    if (frozen || to.destroyed) return;
    wish.onForwarded(chunk.length);
    if (!to.write(chunk) && !from.isPaused()) from.pause();
  }

  function later(bytes: number, work: () => void): void {
    const now = performance.now();
    freeAt = Math.max(freeAt, now) + (bytesPerSecond ? (bytes / bytesPerSecond) * 1000 : 0);
    waiting += bytes;
    if (waiting > MOST_WAITING) from.pause();
    setTimeout(
      () => {
        waiting -= bytes;
        work();
        resume();
      },
      freeAt - now + delay,
    );
  }

  function resume(): void {
    if (!frozen && !to.writableNeedDrain && waiting <= MOST_WAITING && from.isPaused())
      from.resume();
  }

  const send = (chunk: Buffer, then?: () => void) => {
    const work = () => {
      if (chunk.length > 0) forward(chunk);
      then?.();
    };
    if (isSlow) later(chunk.length, work);
    else work();
  };

  from.on('data', (chunk: Buffer) => {
    if (over) return;
    const cut = Math.min(wish.inspect(chunk), cutAt - seen);
    const hole = holeAt - seen;
    seen += chunk.length;
    over = Math.min(hole, cut) <= chunk.length;
    if (!over) send(chunk);
    else if (hole <= cut) send(chunk.subarray(0, hole), wish.onBlackhole);
    else send(chunk.subarray(0, cut), wish.onCut);
  });
  from.on('end', () => {
    if (!over) send(Buffer.alloc(0), () => void to.end());
  });
  to.on('drain', resume);

  return {
    freeze() {
      frozen = true;
      over = true;
      from.pause();
    },
  };
}

function limitOf(
  limit: { readonly direction: Direction; readonly after: number } | undefined,
  direction: Direction,
): number {
  return limit?.direction === direction ? limit.after : Number.POSITIVE_INFINITY;
}
