import { AppError } from '@repo/foundation/errors';
import { UploadRejected } from 'slipway/server';

/** What the kernel found out about a request. */
export interface Caller {
  requestId: string;
  ip: string | null;
}

export function asRejection(error: unknown): unknown {
  if (!(error instanceof AppError)) return error;
  if (error.status === 401) return new UploadRejected(error.message, { status: 401 });
  if (error.status === 403) return new UploadRejected(error.message, { status: 403 });
  if (error.status === 404) return new UploadRejected(error.message, { status: 404 });
  return error;
}
