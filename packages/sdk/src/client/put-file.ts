import type { PutTarget } from '../shared/parts.ts';
import { judging, type PutAnswer, type PutOptions, putByXhr } from './put-xhr.ts';

export type { PutOptions } from './put-xhr.ts';

/** Sends the bytes to their target: one attempt, with progress where XMLHttpRequest exists. */
export function putFile(file: Blob, target: PutTarget, options: PutOptions = {}): Promise<void> {
  return (globalThis.XMLHttpRequest ? putByXhr : putByFetch)(file, target, options);
}

const putByFetch = judging(sendByFetch);

async function sendByFetch(
  body: Blob,
  { method, url, headers }: PutTarget,
  { onProgress, signal }: PutOptions,
): Promise<PutAnswer> {
  const response = await fetch(url, {
    method,
    headers,
    body,
    signal: signal ?? null,
  });
  const text = await response.text();
  if (response.ok) onProgress?.(body.size);
  return [response.status, text, response.headers.get('retry-after')];
}
