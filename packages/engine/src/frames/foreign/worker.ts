import { parentPort, workerData } from 'node:worker_threads';
import type { DecodedCodes, DecodeOrder, RawSize } from './protocol.ts';

/** Does one order and ends, which gives all of its memory back. */

const answer = await carryOut(workerData as DecodeOrder);
const moved = 'data' in answer ? [answer.data.buffer as ArrayBuffer] : [];
parentPort?.postMessage(answer, moved);

/** Loads only the decoder that is needed. */
async function carryOut(order: DecodeOrder): Promise<RawSize | DecodedCodes> {
  if (order.kind === 'heic') return await (await import('./decode-heic.ts')).decodeHeic(order);
  const { decodeRaw, readRawSize } = await import('./decode-raw.ts');
  return order.kind === 'raw' ? await decodeRaw(order) : await readRawSize(order.bytes);
}
