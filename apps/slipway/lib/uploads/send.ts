import type { SendOptions } from './queue.ts';

export type Target = { id: string; url: string; method: string; headers: Record<string, string> };

export class SendError extends Error {
  override readonly name = 'SendError';
  readonly retryable: boolean;

  constructor(message: string, options: { retryable: boolean }) {
    super(message);
    this.retryable = options.retryable;
  }
}

/** The public sentence of our own ingest's answer, or of S3's XML. */
function messageOf(body: string): string | undefined {
  try {
    const parsed: unknown = JSON.parse(body);
    if (typeof parsed === 'object' && parsed !== null && 'error' in parsed) {
      const { error } = parsed;
      if (
        typeof error === 'object' &&
        error !== null &&
        'message' in error &&
        typeof error.message === 'string'
      ) {
        return error.message;
      }
    }
  } catch {
    return /<Message>([^<]+)<\/Message>/.exec(body)?.[1];
  }
  return undefined;
}

/** Sends the bytes to where the server said. XHR, because fetch does not tell how much was sent. */
export function send(
  file: File,
  target: Target,
  { signal, onProgress }: SendOptions,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open(target.method, target.url);
    for (const [name, value] of Object.entries(target.headers))
      request.setRequestHeader(name, value);
    request.upload.onprogress = (event) => onProgress(event.loaded);
    request.onload = () => {
      if (request.status >= 200 && request.status < 300) return resolve();
      const said = messageOf(request.responseText) ?? `The storage answered ${request.status}.`;
      reject(new SendError(said, { retryable: request.status >= 500 || request.status === 429 }));
    };
    request.onerror = () => {
      const message =
        'The connection to the storage broke, or the storage does not allow uploads from this page (CORS).';
      reject(new SendError(message, { retryable: true }));
    };
    request.onabort = () => reject(signal.reason);
    signal.addEventListener('abort', () => request.abort(), { once: true });
    request.send(file);
  });
}
