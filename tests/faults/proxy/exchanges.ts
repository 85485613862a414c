import {
  type BodySpan,
  createFraming,
  type Head,
  requestBody,
  responseBody,
  statusOf,
} from './http-framing.ts';
import type { Cut, Direction, FaultPlan, Flip, TransferFault } from './plan.ts';

/** One request and its answer. */
export interface ExchangeRecord {
  readonly connection: number;
  readonly method: string;
  readonly path: string;
  /** Null until an answer came. */
  status: number | null;
  /** Bytes of the request's body that passed. */
  up: number;
  /** Bytes of the answer's body. */
  down: number;
  flipped: Flip | null;
  cut: Cut | null;
}

interface Exchange {
  readonly record: ExchangeRecord;
  readonly fault: TransferFault;
}

export interface Exchanges {
  /** Looks at what passes and does what the plan says; after how many bytes to cut, or Infinity. */
  inspect(direction: Direction, chunk: Buffer): number;
}

export interface ExchangesWish {
  readonly connection: number;
  readonly transfer: NonNullable<FaultPlan['transfer']>;
  /** All of the proxy's; new ones are added. */
  readonly records: ExchangeRecord[];
}

/** The requests of one connection, in both directions. */
export function watchExchanges({ connection, transfer, records }: ExchangesWish): Exchanges {
  const unanswered: Exchange[] = [];
  let asking: Exchange | undefined;
  let answering: Exchange | undefined;
  let cutAt = Number.POSITIVE_INFINITY;

  const begin = (head: Head): Exchange => {
    const [method = '', path = ''] = head.startLine.split(' ');
    const wish = { method, path, headers: head.headers, body: requestBody(head) };
    const fault = transfer({ ...wish, index: records.length }) ?? {};
    const record: ExchangeRecord = {
      ...{ connection, method, path, status: null, up: 0, down: 0 },
      ...{ flipped: null, cut: null },
    };
    records.push(record);
    return { record, fault };
  };

  const pass = (direction: Direction, exchange: Exchange | undefined, span: BodySpan): void => {
    if (exchange === undefined) return;
    const { record, fault } = exchange;
    const { chunk, start, end, offset } = span;
    const { flip, cut } = fault;
    const left = cut?.direction === direction ? Math.max(0, cut.after - offset) : end - start;
    record[direction] += Math.min(left, end - start);
    if (flip?.direction === direction && flip.byte >= offset && flip.byte < offset + end - start) {
      const at = start + flip.byte - offset;
      chunk[at] = (chunk[at] ?? 0) ^ (1 << flip.bit);
      record.flipped = flip;
    }
    if (cut?.direction === direction && cut.after <= offset + end - start && record.cut === null) {
      cutAt = Math.min(cutAt, start + cut.after - offset);
      record.cut = cut;
      fault.onCut?.();
    }
  };

  const up = createFraming({
    onHead(head) {
      asking = begin(head);
      unanswered.push(asking);
      return requestBody(head);
    },
    onBody: (span) => pass('up', asking, span),
    onEnd: () => undefined,
  });
  const down = createFraming({
    onHead(head) {
      answering = unanswered[0];
      const status = statusOf(head.startLine);
      if (answering) answering.record.status = status;
      if (status === 101) for (const framing of [up, down]) framing.becomeTunnel();
      else if (status >= 200) unanswered.shift();
      return responseBody(head, answering?.record.method ?? '');
    },
    onBody: (span) => pass('down', answering, span),
    onEnd: () => undefined,
  });

  return {
    inspect(direction, chunk) {
      (direction === 'up' ? up : down).push(chunk);
      const cut = cutAt;
      cutAt = Number.POSITIVE_INFINITY;
      return cut;
    },
  };
}
