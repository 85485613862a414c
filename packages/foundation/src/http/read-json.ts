import type { Context } from 'hono';
import { appError } from '../errors/index.ts';

/** The body of a route without a schema of its own. @throws `bad_request` for what is no JSON. */
export async function readJson(c: Context): Promise<unknown> {
  try {
    return await c.req.json();
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause;
    const message = 'The request could not be read: expected a body of JSON.';
    throw appError('bad_request', message, { cause });
  }
}
