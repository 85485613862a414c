import {
  type PendingUpload,
  type SlipwayFile,
  typeOf,
  UploadError,
  type UploadTransport,
} from 'slipway/client';

interface Failure {
  error: { code: string; message: string };
}

async function call<Answer>(path: string, body: object): Promise<Answer> {
  const response = await fetch(`/api/demo/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const answer: unknown = await response.json();
  if (response.ok) return answer as Answer;
  const { code, message } = (answer as Failure).error;
  // A visitor waits for an answer, not for a budget to come back.
  throw new UploadError({ code, message, retryable: false });
}

/** The front page's two calls, for the SDK's uploader. */
export const demoTransport: UploadTransport<undefined, null> = {
  async request(files) {
    return Promise.all(
      files.map(async (file) => {
        const { name, size, sha256 } = file;
        try {
          const upload = await call<PendingUpload['upload']>('upload-url', {
            name,
            size,
            type: typeOf(file),
            ...(sha256 && { sha256 }),
          });
          return { ok: true as const, upload };
        } catch (error) {
          if (!(error instanceof UploadError)) throw error;
          const { code, message, retryable } = error;
          return { ok: false as const, error: { code, message, retryable } };
        }
      }),
    );
  },
  async complete({ upload }) {
    const file = await call<SlipwayFile>('upload-complete', { id: upload.id });
    return { file, serverData: null };
  },
};
