import type { Context } from '../context.ts';
import { appError } from '../errors.ts';
import { linkTo } from './link.ts';

export interface Reading {
  id: string;
  transform?: string | undefined;
  /** As in the header `Range`. */
  range?: string | undefined;
  /** As in the header `If-Range`: without a match the whole file is the answer. */
  ifRange?: string | undefined;
  signal?: AbortSignal | undefined;
}

/** Opens a file in Slipway to be passed on by us, so that whoever loses the right to it loses it at once. */
export async function readStored(ctx: Context, reading: Reading): Promise<Response> {
  const { range, ifRange, signal } = reading;
  const url = await linkTo(ctx, reading);
  const response = await ask(url, { range, ifRange, signal });
  if (response.ok || response.status === 416) return response;
  await response.body?.cancel();
  if (response.status === 404 || response.status === 410) {
    throw appError('not_found', 'This picture is not in storage any more.');
  }
  throw unavailable(new Error(`the storage answered ${response.status}`));
}

async function ask(
  url: string,
  { range, ifRange, signal }: Pick<Reading, 'range' | 'ifRange' | 'signal'>,
): Promise<Response> {
  try {
    return await fetch(url, {
      headers: {
        ...(range !== undefined && { range }),
        ...(range !== undefined && ifRange !== undefined && { 'if-range': ifRange }),
      },
      signal: signal ?? null,
    });
  } catch (error) {
    signal?.throwIfAborted();
    throw unavailable(error);
  }
}

function unavailable(cause: unknown) {
  const message = 'The photo storage does not answer right now; try again.';
  return appError('storage_unavailable', message, { cause, retryAfter: 5 });
}
