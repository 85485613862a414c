import type { KernelEnv } from '@repo/foundation/http';
import type { Context } from 'hono';
import { isFinal, isWhole, type TusUpload } from './upload.ts';
import { CHECKSUM_ALGORITHMS } from './upload-checksum.ts';

export type TusContext = Context<KernelEnv>;

export const TUS_VERSION = '1.0.0';
const EXTENSIONS =
  'creation,creation-with-upload,creation-defer-length,expiration,checksum,termination,concatenation';

const METHODS = 'POST, HEAD, PATCH, DELETE, OPTIONS';
const ALLOWED = [
  'Authorization',
  'Content-Type',
  'Tus-Resumable',
  'Upload-Checksum',
  'Upload-Concat',
  'Upload-Defer-Length',
  'Upload-Length',
  'Upload-Metadata',
  'Upload-Offset',
  'X-HTTP-Method-Override',
  'X-Request-ID',
  'X-Requested-With',
].join(', ');
const EXPOSED = [
  'Location',
  'Retry-After',
  'Slipway-File-Id',
  'Slipway-Status',
  'Tus-Checksum-Algorithm',
  'Tus-Extension',
  'Tus-Resumable',
  'Tus-Version',
  'Upload-Concat',
  'Upload-Defer-Length',
  'Upload-Expires',
  'Upload-Length',
  'Upload-Metadata',
  'Upload-Offset',
  'X-Request-ID',
].join(', ');

/** On every answer, whatever it is. */
export function putCommonHeaders(c: TusContext): void {
  c.header('access-control-allow-origin', '*');
  c.header('access-control-expose-headers', EXPOSED);
  c.header('tus-resumable', TUS_VERSION);
  c.header('cache-control', 'no-store');
}

/** What this server can do, for clients and for browsers that ask before they send. */
export function putAbilities(c: TusContext): void {
  c.header('access-control-allow-methods', METHODS);
  c.header('access-control-allow-headers', ALLOWED);
  c.header('access-control-max-age', '86400');
  c.header('tus-version', TUS_VERSION);
  c.header('tus-extension', EXTENSIONS);
  c.header('tus-checksum-algorithm', CHECKSUM_ALGORITHMS.join(','));
}

/** How far an upload is, and what became of its file. */
export function putUploadHeaders(c: TusContext, upload: TusUpload): void {
  const { row, tus } = upload;
  // While we put an upload together nobody can tell where it ends.
  if (!isFinal(upload) || isWhole(upload)) c.header('upload-offset', String(tus.offset));
  if (tus.length === null) c.header('upload-defer-length', '1');
  else c.header('upload-length', String(tus.length));
  if (tus.concat !== null) c.header('upload-concat', tus.concat);
  if (row.status === 'pending') c.header('upload-expires', row.expiresAt.toUTCString());
  c.header('slipway-file-id', row.id);
  c.header('slipway-status', row.status);
}
