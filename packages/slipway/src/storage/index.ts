export { createDiskStorage } from './disk/disk-storage.ts';
export { mountIngest } from './disk/http.ts';
export type { S3Options } from './s3/client.ts';
export { createS3Storage } from './s3/s3-storage.ts';
export { isObjectKey, type Storage, type Storages } from './storage.ts';
export { createStorages } from './storages.ts';
