import { decodeBase64, importKey } from './token.ts';

/** Older and newer messages are somebody's copies. */
const TOLERANCE = 300_000;

/** Whether a message is signed with this secret (Standard Webhooks), and of now. Compares in constant time. */
export async function verifyMessage(
  secret: Uint8Array<ArrayBuffer>,
  { headers, body }: { readonly headers: Headers; readonly body: string },
): Promise<boolean> {
  const [id, time] = [headers.get('webhook-id'), headers.get('webhook-timestamp') ?? ''];
  const isNow = /^\d{1,12}$/.test(time) && Math.abs(Date.now() - Number(time) * 1000) <= TOLERANCE;
  if (!id || !isNow) return false;
  const content = new TextEncoder().encode(`${id}.${time}.${body}`);
  const key = await importKey(secret);
  for (const part of (headers.get('webhook-signature') ?? '').split(' ').slice(0, 8)) {
    const bytes = part.startsWith('v1,') && decodeBase64(part.slice(3).replace(/=+$/, ''));
    if (bytes && (await crypto.subtle.verify('HMAC', key, bytes, content))) return true;
  }
  return false;
}
