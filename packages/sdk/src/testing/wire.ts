import { typeOf } from '../shared/media-type.ts';
import { isObject, refuse } from './answer.ts';
import type { Sessions } from './sessions.ts';
import type { Entry, Store } from './store.ts';

/** One call of the API as it came. */
export interface SeenCall {
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  /** The JSON that came, or null. */
  readonly body: unknown;
}

interface Parts {
  readonly store: Store;
  readonly sessions: Sessions;
  readonly apiKey: string;
}

interface Call {
  readonly method: string;
  readonly url: URL;
  readonly body: unknown;
}

interface Source {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly type: string;
}

const HOUR = 3_600_000;

/** What browsers of other origins need: bytes go straight here. */
const CORS = {
  'access-control-allow-origin': '*',
  'access-control-allow-methods': 'GET, PUT, POST, DELETE',
  'access-control-allow-headers': '*',
  'access-control-expose-headers': 'x-request-id, retry-after',
};

/** Slipway's REST API, as far as this package speaks it. */
export class Wire {
  readonly calls: SeenCall[] = [];
  readonly sources = new Map<string, Source>();
  /** How many completions still say that the file is being looked at. */
  delays = 0;
  /** Answers to POSTs by their Idempotency-Key, so that a call that is repeated is done once. */
  readonly #answered = new Map<string, Response>();
  readonly #refusals: object[] = [];
  readonly #store: Store;
  readonly #sessions: Sessions;
  readonly #apiKey: string;

  constructor({ store, sessions, apiKey }: Parts) {
    this.#store = store;
    this.#sessions = sessions;
    this.#apiKey = apiKey;
  }

  async answer(request: Request): Promise<Response> {
    const url = new URL(request.url);
    if (request.method === 'OPTIONS') return new Response(null, { status: 204, headers: CORS });
    const response = await this.#route(request, url);
    for (const [name, value] of Object.entries(CORS)) response.headers.set(name, value);
    return response;
  }

  async #route(request: Request, url: URL): Promise<Response> {
    const { method, headers } = request;
    if (url.pathname.startsWith('/f/')) return this.#download(request, url);
    if (url.pathname.startsWith('/ingest/')) return this.#put(request, url);
    const body: unknown = await request.json().catch(() => null);
    this.calls.push({
      ...{ method, body, path: url.pathname },
      query: Object.fromEntries(url.searchParams),
    });
    const call = { method, url, body };
    if (url.pathname.startsWith('/api/uploads/')) return this.#sessions.answer(call);
    const key = headers.get('authorization');
    if (key === null)
      return refuse(401, 'api_key_missing', 'Expected a key: Authorization: Bearer sk_live_…');
    if (key !== `Bearer ${this.#apiKey}`)
      return refuse(401, 'api_key_invalid', 'This key is not known, or it was replaced.');
    const once = headers.get('idempotency-key');
    const known = once === null ? undefined : this.#answered.get(once);
    if (known) return known.clone();
    const response = await this.#api(call);
    if (once !== null && response.ok) this.#answered.set(once, response.clone());
    return response;
  }

  async #api({ method, url, body }: Call): Promise<Response> {
    const path = url.pathname.replace(/^\/api\//, '');
    switch (`${method} ${path}`) {
      case 'POST upload-url':
        return this.#create(body);
      case 'POST upload-complete':
        return this.#complete(body);
      case 'POST upload-from-url':
        return this.#fetchSource(body);
      case 'GET project': {
        const { projectId: id, rules, createdAt } = this.#store;
        return Response.json({ id, name: 'Test project', rules, rulesVersion: 'test', createdAt });
      }
      case 'POST upload-log':
        return this.#noteRefusals(body);
      case 'GET upload-log':
        return Response.json({ data: this.#refusals.toReversed(), nextCursor: null });
      case 'GET files':
        return this.#listFiles(url);
      default:
        return this.#oneFile(method, { url, path });
    }
  }

  #noteRefusals(body: unknown): Response {
    const refusals = isObject(body) && Array.isArray(body['refusals']) ? body['refusals'] : [];
    this.#refusals.push(...refusals.map((each: object) => ({ ...each, outcome: 'refused' })));
    return Response.json({ noted: refusals.length });
  }

  #listFiles({ searchParams }: URL): Response {
    const limit = Number(searchParams.get('limit') ?? 50);
    if (!Number.isInteger(limit) || limit < 1 || limit > 100)
      return refuse(400, 'validation_failed', 'limit: expected a number from 1 to 100.');
    return Response.json(this.#store.list(searchParams));
  }

  #oneFile(method: string, { url, path }: { url: URL; path: string }): Response {
    const [, id = '', below] = /^files\/([^/]+)(\/url)?$/.exec(path) ?? [];
    const entry = this.#store.entries.get(id);
    if (!entry) return refuse(404, 'not_found', `There is no file "${id}" in this project.`);
    if (below) return this.#link(entry, url.searchParams);
    if (method === 'DELETE') this.#store.delete(entry);
    return Response.json(entry.file);
  }

  #create(body: unknown): Response {
    const announced = this.#store.announce(body);
    if ('refusal' in announced) return announced.refusal;
    const { entry } = announced;
    const { id, key, size, type } = entry.file;
    const inParts = (body as { multipart?: unknown }).multipart === true;
    const target =
      inParts && size > this.#sessions.partSize
        ? this.#sessions.open(entry)
        : {
            ...{ id, key, method: 'PUT', headers: { 'content-type': type } },
            url: `${this.#store.url()}/ingest/${id}?signature=${entry.secret}`,
            expiresAt: new Date(Date.now() + HOUR).toISOString(),
          };
    return Response.json(target, { status: 201 });
  }

  async #put(request: Request, url: URL): Promise<Response> {
    const bytes = new Uint8Array(await request.arrayBuffer());
    if (url.searchParams.has('part')) return this.#sessions.put(url, bytes);
    const entry = this.#store.entries.get(url.pathname.slice('/ingest/'.length));
    if (!entry || url.searchParams.get('signature') !== entry.secret)
      return refuse(403, 'url_invalid', 'This address was not signed here.');
    const { size, type, status } = entry.file;
    if (request.headers.get('content-type') !== type)
      return refuse(422, 'type_mismatch', `Expected the content type ${type}.`);
    if (entry.bytes || status !== 'pending')
      return refuse(409, 'object_exists', 'There is an object already.');
    if (bytes.length !== size)
      return refuse(422, 'size_mismatch', `Expected ${size} bytes, received ${bytes.length}.`);
    entry.bytes = bytes;
    return new Response(null, { status: 200 });
  }

  async #complete(body: unknown): Promise<Response> {
    const { id, key } = (body ?? {}) as { id?: unknown; key?: unknown };
    if ((id === undefined) === (key === undefined))
      return refuse(400, 'validation_failed', 'Expected either "id" or "key" of the upload.');
    const entry = this.#store.find({ id, key });
    if (!entry)
      return refuse(404, 'not_found', `There is no file "${String(id ?? key)}" in this project.`);
    if (entry.file.status === 'deleted')
      return refuse(410, 'file_deleted', 'This file was deleted.');
    const whole = await this.#sessions.assemble(entry);
    if (entry.file.status === 'pending' && (whole && 'missing' in whole ? true : !entry.bytes))
      return refuse(
        409,
        'object_missing',
        `Expected an object of ${entry.file.size} bytes at the upload’s URL; there is none yet.`,
        { expected: entry.file.size, ...whole },
      );
    if (this.delays > 0) {
      this.delays -= 1;
      entry.file = { ...entry.file, status: 'verifying' };
      return Response.json(entry.file, { status: 202, headers: { 'retry-after': '1' } });
    }
    await this.#store.settle(entry, whole && 'checksum' in whole ? whole.checksum : null);
    return this.#outcome(entry);
  }

  #outcome({ file, failure }: Entry): Response {
    const { id, status } = file;
    if (failure) return refuse(422, failure.code, failure.message, { fileId: id, status });
    return Response.json(file);
  }

  async #fetchSource(body: unknown): Promise<Response> {
    const { url = '', ...wish } = (body ?? {}) as { url?: string; name?: string; type?: string };
    if (!/^https?:/i.test(url) || !URL.canParse(url))
      return refuse(422, 'source_refused', 'Expected an address that begins with https://.');
    const source = this.sources.get(new URL(url).href);
    if (!source)
      return refuse(
        422,
        'source_unavailable',
        'Nothing is fetched in tests: say what is there with serveSource(url, content).',
      );
    const name = wish.name ?? (new URL(url).pathname.split('/').at(-1) || 'download');
    const type = wish.type ?? typeOf({ name, type: source.type });
    const announced = this.#store.announce({ ...wish, name, type, size: source.bytes.length });
    if ('refusal' in announced) return announced.refusal;
    const { entry } = announced;
    const before = { ...entry.file };
    entry.bytes = source.bytes;
    await this.#store.settle(entry, null);
    return Response.json(before, { status: 202 });
  }

  #link({ file, secret }: Entry, query: URLSearchParams): Response {
    if (file.status !== 'ready')
      return refuse(
        409,
        'conflict',
        `Only files that are ready have a URL; this one is ${file.status}.`,
      );
    const seconds = Number(query.get('expiresIn') ?? 3600);
    if (!Number.isInteger(seconds) || seconds < 1 || seconds > 7 * 86_400)
      return refuse(400, 'validation_failed', 'expiresIn: expected 1 second to 7 days.');
    const expires = Date.now() + seconds * 1000;
    const url = new URL(`${this.#store.url()}/f/${file.key}`);
    url.search = new URLSearchParams({
      ...{ expires: String(expires), signature: secret },
      ...(query.get('download') && { download: query.get('download') ?? '' }),
    }).toString();
    return Response.json({ url: url.href, expiresAt: new Date(expires).toISOString() });
  }

  #download({ headers }: Request, url: URL): Response {
    const entry = this.#store.find({ key: url.pathname.slice('/f/'.length) });
    const query = url.searchParams;
    const isSigned = query.get('signature') === entry?.secret;
    if (!entry?.bytes || entry.file.status !== 'ready' || !(isSigned || entry.file.url))
      return refuse(404, 'not_found', 'There is no such file.');
    if (isSigned && Number(query.get('expires')) < Date.now())
      return refuse(403, 'url_expired', 'This URL has expired.');
    const { bytes, file } = entry;
    const name = encodeURIComponent(query.get('download') ?? file.name);
    const kind = query.has('download') ? 'attachment' : 'inline';
    const common = {
      ...{ 'content-type': file.type, etag: `"${file.sha256}"`, 'accept-ranges': 'bytes' },
      'content-disposition': `${kind}; filename*=UTF-8''${name}`,
    };
    const [, first, last] = /^bytes=(\d*)-(\d*)$/.exec(headers.get('range') ?? '') ?? [];
    if (!first) return new Response(bytes, { headers: common });
    const end = Math.min(Number(last || bytes.length - 1), bytes.length - 1);
    if (Number(first) > end)
      return new Response(null, {
        status: 416,
        headers: { 'content-range': `bytes */${bytes.length}` },
      });
    const range = { 'content-range': `bytes ${first}-${end}/${bytes.length}` };
    const part = bytes.slice(Number(first), end + 1);
    return new Response(part, { status: 206, headers: { ...common, ...range } });
  }

  reset(): void {
    this.calls.splice(0);
    this.sources.clear();
    this.#answered.clear();
    this.delays = 0;
  }
}
