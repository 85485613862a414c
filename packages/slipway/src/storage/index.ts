export { createDiskStorage } from './disk/disk-storage.ts';
export { mountIngest } from './disk/http.ts';
export { createS3Storage, type S3Options } from './s3/s3-storage.ts';
export { isObjectKey, type Storage } from './storage.ts';
export { createUrlSigner, type UrlSigner } from './url-signer.ts';
