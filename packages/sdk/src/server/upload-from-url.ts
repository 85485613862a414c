import { sleep } from '../shared/retry.ts';
import type { FileMetadata, SlipwayFile } from '../shared/types.ts';
import type { Caller } from './call.ts';
import type { Slipway } from './client.ts';
import { SlipwayError } from './errors.ts';
import type { FileKeeping } from './file-changes.ts';
import type { RequestRules } from './route-rules.ts';

/** Options of `slipway.uploadFromUrl`. */
export interface UploadFromUrlOptions extends FileKeeping {
  /** Default: what the source calls the file, or the end of the address. */
  readonly name?: string | undefined;
  /** Default: what the content shows, or the source says. */
  readonly type?: string | undefined;
  /** Lower-case hex. Other bytes are refused. */
  readonly sha256?: string | undefined;
  readonly customId?: string | undefined;
  /** With `customId`: becomes a new version of the file that has it, once it is ready. Default: what the rules say. */
  readonly replace?: boolean | undefined;
  readonly metadata?: FileMetadata | undefined;
  /** Your own name of who uploads; the project may limit what each of them stores. */
  readonly uploader?: string | undefined;
  /** The upload route whose rules of the project hold, too. */
  readonly route?: string | undefined;
  /** Beside those of the project; whichever is stricter holds. */
  readonly rules?: RequestRules | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds to wait for `ready`; 0 returns the file at once, still on its way. Default five minutes. */
  readonly readyTimeout?: number | undefined;
}

interface Context {
  readonly call: Caller;
  readonly uploads: Slipway['uploads'];
  readonly files: Pick<Slipway['files'], 'get'>;
}

const READY_TIMEOUT = 300_000;
const FIRST_WAIT = 250;
const LONGEST_WAIT = 3000;

/** Announce, then ask until it is there. */
export async function uploadFromUrl(
  { call, uploads, files }: Context,
  url: string | URL,
  options: UploadFromUrlOptions = {},
): Promise<SlipwayFile> {
  const { signal, readyTimeout = READY_TIMEOUT, ...wanted } = options;
  const body = { url: String(url), ...wanted };
  let file = await call<SlipwayFile>({ method: 'POST', path: 'upload-from-url', body, signal });
  const until = Date.now() + readyTimeout;
  const isOpen = () => file.status === 'pending' || file.status === 'verifying';
  for (let wait = FIRST_WAIT; isOpen() && Date.now() < until; wait *= 1.5) {
    await sleep(Math.min(wait, LONGEST_WAIT), signal);
    file = await files.get(file.id, { signal });
  }
  if (file.status === 'ready' || (isOpen() && readyTimeout === 0)) return file;
  // Says why it ended.
  if (!isOpen()) return uploads.complete({ id: file.id }, { signal });
  throw new SlipwayError({
    code: 'timeout',
    message: `“${file.name}” was not ready after ${readyTimeout / 1000} s; it still may be. Ask for ${file.id}.`,
    details: { fileId: file.id },
  });
}
