import { createUploader } from './create-uploader.ts';
import type { UploaderOptions, UploadItem, UploadSnapshot } from './uploader.ts';

/** Options of `uploadFiles`. */
export type UploadFilesOptions<Input = unknown, Data = unknown> = UploaderOptions<Input, Data> & {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((snapshot: UploadSnapshot<Data>) => void) | undefined;
};

/**
 * Uploads these files and resolves when each is `done`, in `error` or `cancelled`; it does not reject
 * for a file. Give `{ endpoint, route }`, or your own `{ transport: { request, complete } }`.
 */
export async function uploadFiles<Input = unknown, Data = unknown>(
  files: Iterable<File>,
  options: UploadFilesOptions<Input, Data>,
): Promise<readonly UploadItem<Data>[]> {
  const { signal, onProgress } = options;
  signal?.throwIfAborted();
  const uploader = createUploader<Input, Data>(options);
  const stop = uploader.subscribe(() => onProgress?.(uploader.getSnapshot()));
  const cancel = () => uploader.cancel();
  signal?.addEventListener('abort', cancel);
  uploader.add(files);
  const { items } = await uploader.settled();
  signal?.removeEventListener('abort', cancel);
  stop();
  return items;
}
