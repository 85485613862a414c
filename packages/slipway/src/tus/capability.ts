import { AppError } from '@repo/foundation/errors';
import type { SlipwayContext } from '../context.ts';
import { slipwayError } from '../errors.ts';

const PURPOSE = 'tus upload';
export const TUS_PATH = '/tus';
const pathOf = (fileId: string) => `${TUS_PATH}/${fileId}`;

/** What a request brings to show that it may go on with an upload. */
export interface Capability {
  fileId: string;
  query: URLSearchParams;
}

/** The address of one upload: whoever has it may go on with it, and nothing else. */
export function signTusUrl(
  ctx: SlipwayContext,
  { fileId, expiresAt }: { fileId: string; expiresAt: Date },
): string {
  const path = ctx.signer.sign({
    purpose: PURPOSE,
    path: pathOf(fileId),
    params: {},
    expires: Math.floor(expiresAt.getTime() / 1000),
  });
  return `${ctx.config.publicUrl}${path}`;
}

/** @throws `url_invalid`; `upload_expired`, which tells tus clients to begin anew. */
export function checkTusUrl(ctx: SlipwayContext, { fileId, query }: Capability): void {
  try {
    ctx.signer.verify({ purpose: PURPOSE, path: pathOf(fileId), query, now: ctx.now() });
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'url_expired') throw error;
    throw slipwayError('upload_expired', 'This upload took too long and is gone.', {
      cause: error,
    });
  }
}

/** The capability in an upload's address, whatever the host it was reached by. */
export function readTusUrl(address: string): Capability {
  const url = URL.parse(address, 'http://any');
  const [fileId = '', ...more] = url?.pathname.slice(TUS_PATH.length + 1).split('/') ?? [];
  if (url === null || !url.pathname.startsWith(`${TUS_PATH}/`) || more.length > 0) {
    throw slipwayError('bad_request', `Expected the address of an upload, received "${address}".`);
  }
  return { fileId, query: url.searchParams };
}
