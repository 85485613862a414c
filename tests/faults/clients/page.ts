// One page of a browser, as a process: it can be killed in the middle, and what the next one knows
// is what this one had written down.
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { uploadFiles } from 'slipway/client';
import * as tus from 'tus-js-client';

/** What `page.ts` is told; `store` is where it may write things down. */
export interface PageWish {
  readonly client: 'sdk' | 'tus';
  readonly file: string;
  readonly name: string;
  readonly endpoint: string;
  readonly apiKey: string;
  readonly store: string;
}

/** Node's own way to write things down; the types have only the browser's. */
const { FileUrlStorage } = tus as unknown as {
  FileUrlStorage: new (path: string) => tus.UrlStorage;
};

const TYPE = 'application/octet-stream';
/** The same file, picked again. */
const LAST_MODIFIED = 1_700_000_000_000;
const PAUSES_MS = [100, 200, 400, 800, 1600, 3000, 3000, 3000, 3000, 3000];

async function uploadBySdk({ file, name, endpoint }: PageWish): Promise<string> {
  const bytes = readFileSync(file);
  for (;;) {
    const picked = new File([bytes], name, { type: TYPE, lastModified: LAST_MODIFIED });
    const [item] = await uploadFiles([picked], { endpoint, route: 'files' });
    if (item?.result) return item.result.id;
    process.stderr.write(`${item?.error?.code}: ${item?.error?.message}\n`);
    await sleep(500);
  }
}

async function uploadByTus(wish: PageWish): Promise<string> {
  const upload = await new Promise<tus.Upload>((resolve, reject) => {
    const started = new tus.Upload(readFileSync(wish.file), {
      endpoint: wish.endpoint,
      headers: { authorization: `Bearer ${wish.apiKey}` },
      metadata: { filename: wish.name, filetype: TYPE },
      urlStorage: new FileUrlStorage(wish.store),
      retryDelays: PAUSES_MS,
      removeFingerprintOnSuccess: true,
      onSuccess: () => resolve(started),
      onError: reject,
    });
    void started.findPreviousUploads().then(([previous]) => {
      if (previous !== undefined) started.resumeFromPreviousUpload(previous);
      started.start();
    });
  });
  return new URL(upload.url ?? '').pathname.split('/').at(-1) ?? '';
}

const wish: PageWish = JSON.parse(process.argv[2] ?? '');
const id = await (wish.client === 'sdk' ? uploadBySdk(wish) : uploadByTus(wish));
process.stdout.write(`${JSON.stringify({ id })}\n`);
