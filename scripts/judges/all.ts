import { fauxqs } from './fauxqs.ts';
import type { Judge } from './judge.ts';
import { minio } from './minio.ts';
import { rclone } from './rclone.ts';
import { swift } from './swift.ts';
import { versitygw } from './versitygw.ts';

/** Had within minutes on a clean machine of two cores, so these are asked unless others are named. */
export const USUAL: readonly Judge[] = [versitygw, swift, minio, fauxqs];

/** Asked by name only, because they take long to build. */
export const OTHERS: readonly Judge[] = [rclone];
