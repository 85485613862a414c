import { createHash, randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { createUploader } from '../client/create-uploader.ts';
import type { QueueOptions, Uploader, UploadSnapshot } from '../client/uploader.ts';
import { createSlipway, type Slipway } from '../server/client.ts';
import { createUploadHandler } from '../server/handler.ts';
import { route } from '../server/route.ts';
import { FAKE_KEY, FakeSlipway } from './fake-slipway.ts';

export const PART = 64 * 1024;
export const BYTES = new Uint8Array(randomBytes(12 * PART + 12_345));
export const PARTS = 13;
/** Parts that may be on their way when everything stops. */
export const UNDER_WAY = 4 * PART;

export const hex = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

/** A file as a page gets it, the same one each time. */
export const film = (bytes = BYTES, name = 'film.bin') =>
  new File([bytes], name, { type: 'application/octet-stream', lastModified: 1_700_000_000_000 });

/** A browser whose pages upload to a Slipway of their own. */
export class TestBrowser {
  readonly fake = new FakeSlipway();
  /** What its localStorage holds. */
  readonly records = new Map<string, string>();
  /** Who is signed in. */
  user = 'anna';

  async open(): Promise<this> {
    await this.fake.listen();
    this.fake.parts.partSize = PART;
    const localStorage = {
      getItem: (name: string) => this.records.get(name) ?? null,
      setItem: (name: string, value: string) => this.records.set(name, value),
    };
    Object.defineProperty(globalThis, 'localStorage', { value: localStorage, configurable: true });
    return this;
  }

  async close(): Promise<void> {
    Reflect.deleteProperty(globalThis, 'localStorage');
    await this.fake.close();
  }

  /** An uploader with the handler of its server, and the progress that it showed. */
  page(options: Partial<QueueOptions> = {}) {
    const slipway = inParts(createSlipway({ apiKey: FAKE_KEY, url: this.fake.url, retries: 0 }));
    const { user } = this;
    const handle = createUploadHandler({
      slipway,
      secret: 'signs tokens',
      routes: { films: route({ maxFiles: 9 }).authorize(() => ({ user })) },
      onError: () => undefined,
    });
    const uploader: Uploader = createUploader({
      route: 'films',
      endpoint: 'https://app.test/api/slipway',
      fetch: (url, init) => handle(new Request(url, init)),
      ...options,
    });
    const shown: number[] = [];
    const totals: number[] = [];
    uploader.subscribe(() => {
      const { items, progress } = uploader.getSnapshot();
      totals.push(progress);
      shown.push(items[0]?.progress ?? 0);
    });
    return { uploader, shown, totals };
  }

  /** Uploads the file on a page of its own, whose progress must never fall. */
  async upload(options: Partial<QueueOptions> = {}): Promise<UploadSnapshot> {
    const { uploader, shown, totals } = this.page(options);
    uploader.add([film()]);
    const snapshot = await uploader.settled();
    for (const line of [shown, totals]) {
      const fall = line.findIndex((value, index) => value < (line[index - 1] ?? 0));
      if (fall > 0) throw new Error(`Progress fell from ${line[fall - 1]} to ${line[fall]}.`);
    }
    return snapshot;
  }

  /** The digests of what is stored. */
  stored(): (string | null)[] {
    return [...this.fake.stored.values()].map(({ bytes }) => bytes && hex(bytes));
  }

  attempts(number: number) {
    return this.fake.parts.seen.filter((part) => part.number === number);
  }

  /** Bytes that arrived beyond the file's own. */
  sentAgain(): number {
    return this.fake.parts.received - BYTES.length;
  }

  /** Waits until this many parts have begun to arrive, and holds up the last and what follows. */
  async holdAt(count: number): Promise<() => void> {
    const { parts } = this.fake;
    const gate = Promise.withResolvers<void>();
    parts.begins = () => (parts.seen.length >= count ? gate.promise : undefined);
    while (parts.seen.length < count) await sleep(1);
    return () => {
      parts.begins = () => undefined;
      gate.resolve();
    };
  }
}

/** The handler asks for parts above 8 MiB; here smaller files go in parts, so that tests are quick. */
function inParts(slipway: Slipway): Slipway {
  const create: Slipway['uploads']['create'] = (input, more) =>
    slipway.uploads.create({ ...input, multipart: true }, more);
  return { ...slipway, uploads: { ...slipway.uploads, create } };
}
