import { open } from 'node:fs/promises';
import { completeUpload } from '../file/complete-upload.ts';
import { requestUpload } from '../file/request-upload.ts';
import type { RequestUpload } from '../file/schema.ts';
import { diskPaths } from '../storage/disk/disk-paths.ts';
import type { TestSlipway, TestTenant } from './index.ts';

/** A file on the disk that went the whole way to `ready`. */
export async function readyFile(
  slipway: TestSlipway,
  at: { tenant: TestTenant; projectId: string; bytes: Uint8Array; wish?: Partial<RequestUpload> },
): Promise<{ id: string; key: string }> {
  const { tenant, projectId, bytes, wish } = at;
  const plain = { name: 'a.bin', type: 'application/octet-stream' };
  const upload = { ...plain, ...wish, size: bytes.length };
  const { id, key } = await requestUpload(tenant.ctx, { projectId, upload });
  await slipway.putBytes({ key, bytes, type: upload.type });
  await completeUpload(tenant.ctx, { projectId, upload: { id } });
  return { id, key };
}

/** Flips one bit of an object, as a disk would. */
export async function rot(
  { runtime }: TestSlipway,
  { key, bytes, position }: { key: string; bytes: Uint8Array; position: number },
): Promise<void> {
  const handle = await open(diskPaths(runtime.diskRoot ?? '').object(key), 'r+');
  await handle.write(Buffer.from([(bytes[position] ?? 0) ^ 8]), 0, 1, position);
  await handle.close();
}
