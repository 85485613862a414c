import { setTimeout as sleep } from 'node:timers/promises';
import { CliError, EXIT } from '../failure.ts';
import type { Credentials } from './credentials.ts';

const PAGE = 500;
const ATTEMPTS = 6;
const TIMEOUT_MS = 60_000;
const LONGEST_WAIT_MS = 60_000;
/** The version whose calls these are. */
const VERSION = '7.7.4';

/** A file as UploadThing lists it. */
export interface SourceFile {
  readonly key: string;
  readonly name: string;
  readonly size: number;
  readonly customId: string | null;
  readonly status: string;
}

/** An app at UploadThing. */
export interface Source {
  /** Every file, each once, oldest first. */
  list(signal: AbortSignal): Promise<SourceFile[]>;
  /** Where a public file is. */
  publicUrl(key: string, signal: AbortSignal): Promise<string>;
  /** Where a private one is, for a while; null when there is no such file. */
  signedUrl(key: string, signal: AbortSignal): Promise<string | null>;
}

interface SourceOptions extends Credentials {
  readonly apiUrl: string;
}

type Call = (path: string, body: object, signal: AbortSignal) => Promise<unknown>;

export function createSource(options: SourceOptions): Source {
  const call: Call = (path, body, signal) => callRepeatedly(options, { path, body, signal });
  return {
    list: (signal) => listAll(call, signal),
    async publicUrl(key, signal) {
      const answer = (await call('/v6/getFileUrl', { fileKeys: [key] }, signal)) as {
        data?: readonly { key?: unknown; url?: unknown }[];
      } | null;
      const url = answer?.data?.find((one) => one.key === key)?.url;
      if (isAddress(url)) return url;
      const host = options.appId === null ? 'utfs.io' : `${options.appId}.ufs.sh`;
      return `https://${host}/f/${encodeURIComponent(key)}`;
    },
    async signedUrl(key, signal) {
      const body = { fileKey: key, expiresIn: 3_600 };
      const answer = (await call('/v6/requestFileAccess', body, signal)) as {
        url?: unknown;
        ufsUrl?: unknown;
      } | null;
      const url = answer?.ufsUrl ?? answer?.url;
      return isAddress(url) ? url : null;
    },
  };
}

const isAddress = (value: unknown): value is string =>
  typeof value === 'string' && /^https?:\/\//.test(value) && URL.canParse(value);

/** Pages are told by how many files come before them, and those may change meanwhile. */
async function listAll(call: Call, signal: AbortSignal): Promise<SourceFile[]> {
  const files = new Map<string, SourceFile>();
  for (let offset = 0; ; ) {
    const answer = await call('/v6/listFiles', { limit: PAGE, offset }, signal);
    const page = readPage(answer);
    for (const file of page.files) files.set(file.key, file);
    offset += page.files.length;
    if (!page.hasMore || page.files.length === 0) return [...files.values()].reverse();
  }
}

function readPage(answer: unknown): { files: SourceFile[]; hasMore: boolean } {
  const { files, hasMore } = (answer ?? {}) as { files?: unknown; hasMore?: unknown };
  if (!Array.isArray(files)) throw unexpected('a list of files');
  return { files: files.map(readFile), hasMore: hasMore === true };
}

function readFile(value: unknown): SourceFile {
  const { key, name, size, customId, status } = (value ?? {}) as Record<string, unknown>;
  if (typeof key !== 'string' || typeof name !== 'string' || !Number.isSafeInteger(size))
    throw unexpected('each file with key, name and size');
  return {
    key,
    name,
    size: Number(size),
    customId: typeof customId === 'string' && customId !== '' ? customId : null,
    status: typeof status === 'string' ? status : 'Uploaded',
  };
}

const unexpected = (what: string) =>
  new CliError('unexpected_answer', `Expected ${what} from UploadThing, received something else.`);

interface OneCall {
  readonly path: string;
  readonly body: object;
  readonly signal: AbortSignal;
}

/** Null for what is not there. */
async function callRepeatedly(options: SourceOptions, call: OneCall): Promise<unknown> {
  for (let attempt = 1; ; attempt += 1) {
    const { status, text, retryAfter } = await post(options, call);
    if (status >= 200 && status < 300) return parse(text);
    if (status === 404) return null;
    const isPassing = status === 0 || status === 408 || status === 429 || status >= 500;
    if (!isPassing || attempt === ATTEMPTS)
      throw refusal({ ...call, status, text: text.replaceAll(options.secret, 'sk_…') });
    const wait = Math.max(retryAfter, 150 * 2 ** attempt);
    await sleep(Math.min(LONGEST_WAIT_MS, wait), undefined, { signal: call.signal });
  }
}

async function post({ apiUrl, secret }: SourceOptions, { path, body, signal }: OneCall) {
  try {
    const response = await fetch(`${apiUrl}${path}`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'x-uploadthing-api-key': secret,
        'x-uploadthing-version': VERSION,
        'x-uploadthing-be-adapter': 'slipway-cli',
      },
      body: JSON.stringify(body),
      // A key goes where it was meant to go, and nowhere else.
      redirect: 'error',
      signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]),
    });
    const retryAfter = Number(response.headers.get('retry-after') ?? 0) * 1000 || 0;
    return { status: response.status, text: await response.text(), retryAfter };
  } catch (error) {
    signal.throwIfAborted();
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    return { status: 0, text: String(cause), retryAfter: 0 };
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw unexpected('JSON');
  }
}

function refusal({ path, status, text }: { path: string; status: number; text: string }): CliError {
  if (status === 401 || status === 403)
    return new CliError(
      'source_key_refused',
      `UploadThing refused the key (${status} for ${path}). Is it of the right app?`,
      EXIT.auth,
    );
  const what = status === 0 ? `gave no answer (${text})` : `answered ${status}`;
  return new CliError(
    'source_unreachable',
    `UploadThing ${what} to ${path}: expected 200.`,
    status === 0 || status >= 500 || status === 429 ? EXIT.unreachable : EXIT.failure,
  );
}
