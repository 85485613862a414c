export { completeUpload } from './complete-upload.ts';
export { deleteFile } from './delete.ts';
export { getFile } from './get.ts';
export { getFileUrl } from './get-url.ts';
export { listFiles } from './list.ts';
export { ListFiles } from './list-schema.ts';
export { requestUpload } from './request-upload.ts';
export { FileView, RequestUpload, UploadTicket } from './schema.ts';
