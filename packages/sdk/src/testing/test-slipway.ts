import { createSlipway, type Slipway } from '../server/client.ts';
import { sleep } from '../shared/retry.ts';
import type { FileMetadata, SlipwayFile } from '../shared/types.ts';
import { type Answer, newId } from './answer.ts';
import { createFailures, type Fault } from './failures.ts';
import { serve } from './serve.ts';
import { Sessions } from './sessions.ts';
import { Store, type TestRules } from './store.ts';
import { type SeenCall, Wire } from './wire.ts';

/** Options of `startTestSlipway`. */
export interface TestSlipwayOptions {
  readonly rules?: TestRules | undefined;
  /** Bytes above which files go in parts; small ones make that quick to test. Default 8 MiB, as Slipway has it. */
  readonly partSize?: number | undefined;
  /** Default: any that is free. */
  readonly port?: number | undefined;
}

/** A file that is kept, and its bytes. */
export interface TestFile {
  readonly file: SlipwayFile;
  /** Null until they came, and of files that were refused or deleted. */
  readonly bytes: Uint8Array<ArrayBuffer> | null;
  text(): string;
}

/** A Slipway in memory, for tests. It speaks HTTP on a port of this machine. */
export interface TestSlipway {
  /** For `SLIPWAY_URL`, or the option `url`. */
  readonly url: string;
  /** For `SLIPWAY_API_KEY`, or the option `apiKey`. */
  readonly apiKey: string;
  /** A client for it. */
  readonly client: Slipway;
  /** All files that are `ready`, oldest first. */
  files(): TestFile[];
  /** The one file with this name, id or customId, whatever its state; throws when there is none, or more. */
  file(name: string): TestFile;
  /** The same once it is `ready`; throws when that takes longer than `timeout` milliseconds (default 5000). */
  waitForFile(name: string, options?: { readonly timeout?: number }): Promise<TestFile>;
  /** Keeps a file as if it had been uploaded. */
  put(
    name: string,
    content: string | Uint8Array<ArrayBuffer> | Blob,
    options?: { type?: string; customId?: string; metadata?: FileMetadata },
  ): Promise<SlipwayFile>;
  /** Other rules from now on. */
  setRules(rules: TestRules): void;
  /** What `uploadFromUrl` finds at an address. Nothing is fetched: other addresses are `source_unavailable`. */
  serveSource(url: string, content: string | Uint8Array<ArrayBuffer>, type?: string): void;
  /**
   * Plans failures for the next requests whose `METHOD /path` begins so: `fail('POST /api/upload-url',
   * { status: 503 })`; bytes go to `PUT /ingest/`. `'drop'` breaks the connection.
   */
  fail(place: string, ...faults: Fault[]): void;
  /** So many of the next completions answer that the file is still being looked at. */
  delayReady(times: number): void;
  /** The calls so far, without those that bring or fetch bytes. */
  readonly calls: readonly SeenCall[];
  /** Forgets files, calls, sources and planned failures; rules stay. */
  reset(): void;
  close(): Promise<void>;
}

const PART_SIZE = 8 * 1024 * 1024;

/** Starts a Slipway in memory: no database, no disk, nothing else to install. */
export async function startTestSlipway(options: TestSlipwayOptions = {}): Promise<TestSlipway> {
  let url = '';
  const at = () => url;
  const apiKey = `sk_test_${newId('k').slice(2)}`;
  const store = new Store(options.rules ?? {}, at);
  const sessions = new Sessions(options.partSize ?? PART_SIZE, at);
  const failures = createFailures();
  const wire = new Wire({ store, sessions, apiKey });
  const answer = async (request: Request): Promise<Answer> =>
    failures.take(request) ?? wire.answer(request);
  const server = await serve(answer, options.port ?? 0);
  url = server.url;
  const client = createSlipway({ url, apiKey });
  const all = () => [...store.entries.values()].map(view);
  const find = (name: string) =>
    all().filter(({ file }) => [file.name, file.id, file.customId].includes(name));
  const one = (name: string): TestFile => {
    const [found, ...others] = find(name);
    if (found && others.length === 0) return found;
    const there = all().map(({ file }) => `“${file.name}” (${file.status})`);
    throw new Error(
      `Expected one file “${name}”, found ${found ? others.length + 1 : 0}. There is: ${there.join(', ') || 'nothing'}.`,
    );
  };
  return {
    ...{ url, apiKey, client },
    files: () => all().filter(({ file }) => file.status === 'ready'),
    file: one,
    async waitForFile(name, { timeout = 5000 } = {}) {
      const until = Date.now() + timeout;
      while (!find(name).some(({ file }) => file.status === 'ready') && Date.now() < until)
        await sleep(10);
      const found = one(name);
      if (found.file.status === 'ready') return found;
      throw new Error(
        `Expected “${name}” to be ready within ${timeout} ms; it is ${found.file.status}.`,
      );
    },
    put: (name, content, more = {}) =>
      client.upload(content instanceof Blob ? content : new Blob([content]), { name, ...more }),
    setRules: (rules) => {
      store.rules = new Store(rules, at).rules;
    },
    serveSource: (address, content, type = 'application/octet-stream') => {
      const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
      wire.sources.set(new URL(address).href, { bytes, type });
    },
    fail: failures.plan,
    delayReady: (times) => {
      wire.delays = times;
    },
    calls: wire.calls,
    reset() {
      store.entries.clear();
      wire.reset();
      failures.reset();
    },
    close: server.close,
  };
}

const view = ({ file, bytes }: Pick<TestFile, 'file' | 'bytes'>): TestFile => ({
  file,
  bytes,
  text: () => new TextDecoder().decode(bytes ?? new Uint8Array()),
});
