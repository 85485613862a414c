export { typeOf } from '../shared/media-type.ts';
export type { PutTarget } from '../shared/parts.ts';
export { brokenRule, formatSize, parseSize } from '../shared/rules.ts';
export { thumbHashUrl } from '../shared/thumb-hash.ts';
export type {
  CompletedFile,
  FileInfo,
  FileRequest,
  SlipwayFile,
  UploadRules,
  UploadTarget,
  WireError,
} from '../shared/types.ts';
export { createUploader } from './create-uploader.ts';
export { breaksRule, UploadError } from './errors.ts';
export {
  type PictureAttributes,
  type PictureFile,
  type PictureOptions,
  pictureAttributes,
} from './picture-attributes.ts';
export { type PutOptions, putFile } from './put-file.ts';
export {
  type EndpointOptions,
  endpointTransport,
  type PendingUpload,
  type TargetAnswer,
  type TransportContext,
  type UploadTransport,
} from './transport.ts';
export { type UploadFilesOptions, uploadFiles } from './upload-files.ts';
export type {
  QueueOptions,
  Uploader,
  UploaderOptions,
  UploadItem,
  UploadSnapshot,
  UploadState,
} from './uploader.ts';
