import { putFile } from './put-file.ts';
import { UploadQueue } from './queue.ts';
import type { Uploader, UploaderOptions } from './uploader.ts';

/** A queue of uploads to one place. */
export function createUploader<Input = unknown, Data = unknown>(
  options: UploaderOptions<Input, Data>,
): Uploader<Input, Data> {
  return new UploadQueue(options, putFile);
}
