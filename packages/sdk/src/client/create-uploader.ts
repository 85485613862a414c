import { putFile } from './put-file.ts';
import { createQueue } from './queue.ts';
import type { Uploader, UploaderOptions } from './uploader.ts';

/** A queue of uploads to one place. */
export function createUploader<Input = unknown, Data = unknown>(
  options: UploaderOptions<Input, Data>,
): Uploader<Input, Data> {
  return createQueue(options, putFile);
}
