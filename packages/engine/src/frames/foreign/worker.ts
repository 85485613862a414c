import { parentPort, workerData } from 'node:worker_threads';
import { decodeHeic } from './decode-heic.ts';
import { decodeRaw, readRawSize } from './decode-raw.ts';
import type { DecodedCodes, DecodeOrder, RawSize } from './protocol.ts';

/** Does one order and ends, which gives all of its memory back. */

const answer = await carryOut(workerData as DecodeOrder);
const moved = 'data' in answer ? [answer.data.buffer as ArrayBuffer] : [];
parentPort?.postMessage(answer, moved);

async function carryOut(order: DecodeOrder): Promise<RawSize | DecodedCodes> {
  if (order.kind === 'rawSize') return await readRawSize(order.bytes);
  return order.kind === 'raw' ? await decodeRaw(order) : await decodeHeic(order);
}
