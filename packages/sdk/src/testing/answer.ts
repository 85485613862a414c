/** An answer of the test Slipway; `drop` breaks the connection instead. */
export type Answer = Response | 'drop';

let count = 0;

/** An error as Slipway words them. */
// biome-ignore lint/complexity/useMaxParams: an error's parts read as one line at each use
export function refuse(status: number, code: string, message: string, details?: object): Response {
  count += 1;
  const requestId = `req_test${count}`;
  const error = { code, message, docs: `https://slipway.test/docs/errors#${code}`, requestId };
  return Response.json(
    { error: details ? { ...error, details } : error },
    { status, headers: { 'x-request-id': requestId } },
  );
}

/** An id as Slipway makes them: a prefix and 22 characters. */
export function newId(prefix: string): string {
  const letters = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
  const bytes = crypto.getRandomValues(new Uint8Array(22));
  return `${prefix}_${[...bytes].map((byte) => letters[byte % letters.length]).join('')}`;
}

/** Whether a value is a plain object. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
