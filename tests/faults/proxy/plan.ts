import type { Random } from '../random.ts';
import type { BodyRule } from './http-framing.ts';

/** `up` is from the client to the server. */
export type Direction = 'up' | 'down';

export interface Cut {
  readonly direction: Direction;
  /** So many bytes still pass: of the connection, or of the body where a transfer is cut. */
  readonly after: number;
}

/** What happens to a whole connection; everything in it is optional. */
export interface ConnectionFault {
  /** Both ends get a reset. */
  readonly cut?: Cut;
  /** From there on nothing passes and nobody is told, as behind a router that lost its power. */
  readonly blackhole?: Cut;
  /** Milliseconds by which every byte is late, each way. */
  readonly delay?: number;
  /** The most that passes, each way. */
  readonly bytesPerSecond?: number;
}

/** What happens to one request or its answer. */
export interface TransferFault {
  readonly cut?: Cut;
  /** When the last byte before the cut is passing. */
  readonly onCut?: () => void;
  /** One bit of the body; heads and framing stay as they are. */
  readonly flip?: Flip;
}

export interface Flip {
  readonly direction: Direction;
  readonly byte: number;
  /** 0 to 7. */
  readonly bit: number;
}

export interface Transfer {
  /** Counts all that the proxy saw. */
  readonly index: number;
  readonly method: string;
  /** With its query. */
  readonly path: string;
  readonly headers: ReadonlyMap<string, string>;
  readonly body: BodyRule;
}

export interface FaultPlan {
  /** Asked when a client connects. */
  connection?(index: number): ConnectionFault | undefined;
  /** Asked when the head of a request has come. Without it connections need not be HTTP. */
  transfer?(transfer: Transfer): TransferFault | undefined;
}

export const bytesSent = ({ body }: Transfer): number => (body.until === 'length' ? body.bytes : 0);

/** One bit in `share` of those transfers that `isMeant` picks. */
export function flipSome(
  random: Random,
  share: number,
  isMeant: (transfer: Transfer) => boolean,
): FaultPlan {
  return {
    transfer(transfer) {
      const size = bytesSent(transfer);
      if (size === 0 || !isMeant(transfer) || !random.chance(share)) return undefined;
      return { flip: { direction: 'up', byte: random.int(size), bit: random.int(8) } };
    },
  };
}
