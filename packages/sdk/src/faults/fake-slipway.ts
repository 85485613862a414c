import { createHash, randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { SlipwayFile } from '../shared/types.ts';
import { FakeParts } from './fake-parts.ts';
import { fail, json, readAll } from './http.ts';

/** The key the fake accepts. */
export const FAKE_KEY = 'sk_live_0123456789abcdef';

/** An answer to give instead of the real one, or `drop` to cut the connection. */
export type Fault =
  | 'drop'
  | {
      readonly status: number;
      readonly body?: string;
      readonly headers?: Readonly<Record<string, string>>;
    };

/** What the fake was asked. */
export interface SeenRequest {
  readonly method: string;
  readonly path: string;
  readonly body: unknown;
  /** Its Idempotency-Key. */
  readonly onceKey: string | null;
}

interface Stored {
  file: SlipwayFile;
  bytes: Buffer | null;
  declared: { size: number; type: string; sha256: string | undefined };
}

/** A small Slipway over real HTTP that checks requests as the product does. */
export class FakeSlipway {
  readonly seen: SeenRequest[] = [];
  /** What handlers reported as refused; no part of `seen`, because nobody waits for it. */
  readonly refusals: unknown[] = [];
  readonly stored = new Map<string, Stored>();
  /** Faults by `METHOD /path-prefix`, used up one by one. */
  readonly faults = new Map<string, Fault[]>();
  /** Drops the connection after the bytes of this many PUTs were stored. */
  loseAnswers = 0;
  /** How often complete says `verifying` before `ready`. */
  verifyingPolls = 0;
  maxSize = Number.POSITIVE_INFINITY;
  url = '';
  readonly parts = new FakeParts(() => this.url);
  #server = this.#makeServer();

  #makeServer(): Server {
    return createServer((request, response) => {
      this.#handle(request, response).catch((error: unknown) => {
        fail(response, 500, 'internal_error', String(error));
      });
    });
  }

  async listen(port = 0): Promise<this> {
    await new Promise<void>((resolve) => this.#server.listen(port, '127.0.0.1', resolve));
    this.url = `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
    return this;
  }

  /** Dies with all its connections, and comes back at the same address with what it had stored. */
  async restart(downFor: number): Promise<void> {
    const { port } = this.#server.address() as AddressInfo;
    await this.close();
    await sleep(downFor);
    this.#server = this.#makeServer();
    await this.listen(port);
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  /** Plans faults for the next requests to this `METHOD /path-prefix`. */
  fault(place: string, ...faults: Fault[]): void {
    this.faults.set(place, [...(this.faults.get(place) ?? []), ...faults]);
  }

  count(place: string): number {
    return this.seen.filter(({ method, path }) => `${method} ${path}`.startsWith(place)).length;
  }

  async #handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', this.url);
    const place = { method: request.method ?? '', path: url.pathname };
    const isForParts = /^\/(part|api\/uploads)\//.test(place.path);
    const bytes = isForParts ? Buffer.alloc(0) : await readAll(request);
    const isJson = request.headers['content-type'] === 'application/json' && bytes.length > 0;
    if (place.path === '/api/upload-log') {
      const { refusals } = JSON.parse(bytes.toString()) as { refusals: unknown[] };
      this.refusals.push(...refusals);
      json(response, 200, { noted: refusals.length });
      return;
    }
    const onceKey = request.headers['idempotency-key']?.toString() ?? null;
    this.seen.push({ ...place, body: isJson ? JSON.parse(bytes.toString()) : null, onceKey });
    const fault = this.#takeFault(`${place.method} ${place.path}`);
    if (fault === 'drop') {
      request.socket.destroy();
      return;
    }
    if (fault) {
      response.writeHead(fault.status, { 'content-type': 'application/json', ...fault.headers });
      response.end(
        fault.body ??
          JSON.stringify({
            error: { code: 'planned', message: 'Planned.', docs: '', requestId: 'r1' },
          }),
      );
      return;
    }
    if (place.path.startsWith('/part/')) await this.parts.put(request, response, url);
    else if (isForParts) await this.parts.session(request, response, url);
    else if (place.path.startsWith('/put/')) this.#put(request, response, bytes);
    else if (place.path.startsWith('/get/')) this.#get(request, response, url);
    else if (request.headers.authorization !== `Bearer ${FAKE_KEY}`) {
      fail(response, 401, 'unauthorized', `The key ${request.headers.authorization} is not known.`);
    } else this.#api(response, url, this.seen.at(-1) as SeenRequest);
  }

  #takeFault(place: string): Fault | undefined {
    for (const [prefix, faults] of this.faults) if (place.startsWith(prefix)) return faults.shift();
    return undefined;
  }

  #api(response: ServerResponse, url: URL, { method, body }: SeenRequest): void {
    const path = url.pathname.replace('/api/', '');
    const id = /^files\/([^/]+)/.exec(path)?.[1];
    if (method === 'POST' && path === 'upload-url') {
      this.#create(response, body as Record<string, unknown>);
      return;
    }
    if (method === 'POST' && path === 'upload-complete') {
      this.#complete(response, body as { id?: string; key?: string });
      return;
    }
    if (method === 'GET' && path === 'project') {
      const rules = { allowedTypes: [], maxSize: 1e9, maxFiles: 10, visibility: 'private' };
      json(response, 200, {
        id: 'prj_1',
        name: 'Test',
        rules,
        createdAt: new Date().toISOString(),
      });
      return;
    }
    if (method === 'GET' && path === 'files') {
      this.#list(response, url);
      return;
    }
    const entry = id ? this.stored.get(id) : undefined;
    if (!entry) {
      fail(response, 404, 'not_found', 'There is no such file.');
      return;
    }
    if (method === 'DELETE') entry.file = { ...entry.file, status: 'deleted' };
    if (path.endsWith('/url')) {
      const seconds = Number(url.searchParams.get('expiresIn') ?? 3600);
      const expiresAt = new Date(Date.now() + seconds * 1000).toISOString();
      json(response, 200, { url: `${this.url}/get/${id}`, expiresAt });
      return;
    }
    json(response, 200, entry.file);
    return;
  }

  #list(response: ServerResponse, url: URL): void {
    const limit = Number(url.searchParams.get('limit') ?? 2);
    const start = Number(url.searchParams.get('cursor') ?? 0);
    const all = [...this.stored.values()].map(({ file }) => file);
    const nextCursor = start + limit < all.length ? String(start + limit) : null;
    json(response, 200, { data: all.slice(start, start + limit), nextCursor });
  }

  #create(response: ServerResponse, input: Record<string, unknown>): void {
    const { name, size, type, sha256, customId, metadata, multipart } = input;
    if (
      typeof name !== 'string' ||
      typeof size !== 'number' ||
      typeof type !== 'string' ||
      !type.includes('/')
    ) {
      fail(response, 422, 'invalid_input', 'Expected name, size and type.');
      return;
    }
    if (size > this.maxSize) {
      fail(response, 422, 'file_too_large', `“${name}” is larger than the project allows.`);
      return;
    }
    if (
      Object.values((metadata ?? {}) as object).some(
        (value) => typeof value === 'object' && value !== null,
      )
    ) {
      fail(response, 422, 'invalid_input', 'Expected flat metadata.');
      return;
    }
    const id = `file_${randomUUID()}`;
    const file: SlipwayFile = {
      id,
      key: `key-${id}`,
      projectId: 'prj_1',
      name,
      size,
      type,
      sha256: null,
      status: 'pending',
      scan: 'not_scanned',
      customId: (customId as string | undefined) ?? null,
      metadata: (metadata ?? {}) as SlipwayFile['metadata'],
      url: null,
      createdAt: new Date().toISOString(),
      readyAt: null,
    };
    this.stored.set(id, {
      file,
      bytes: null,
      declared: { size, type, sha256: sha256 as string | undefined },
    });
    const inParts = multipart === true && size > this.parts.partSize;
    json(response, 201, {
      id,
      key: file.key,
      ...(inParts
        ? { headers: {}, ...this.parts.open(id, size) }
        : {
            url: `${this.url}/put/${id}`,
            method: 'PUT',
            headers: { 'content-type': type, 'if-none-match': '*' },
            expiresAt: new Date(Date.now() + 600_000).toISOString(),
          }),
    });
  }

  #put(request: IncomingMessage, response: ServerResponse, bytes: Buffer): void {
    const entry = this.stored.get(request.url?.slice('/put/'.length) ?? '');
    if (!entry) {
      fail(response, 403, 'signature_invalid', 'This link was not signed here.');
      return;
    }
    if (entry.bytes) {
      fail(response, 409, 'object_exists', 'The object exists.');
      return;
    }
    const { headers } = request;
    const { size, type } = entry.declared;
    if (headers['content-length'] !== String(size)) {
      fail(response, 411, 'length', `Expected Content-Length ${size}.`);
      return;
    }
    if (
      headers['content-type'] !== type ||
      headers['if-none-match'] !== '*' ||
      headers.authorization
    ) {
      fail(response, 403, 'headers', 'Expected exactly the signed headers.');
      return;
    }
    entry.bytes = bytes;
    if (this.loseAnswers > 0) {
      this.loseAnswers -= 1;
      request.socket.destroy();
      return;
    }
    response.writeHead(200).end();
  }

  #complete(response: ServerResponse, { id, key }: { id?: string; key?: string }): void {
    const entry = [...this.stored.values()].find(({ file }) => file.id === id || file.key === key);
    if (!entry) {
      fail(response, 404, 'not_found', 'There is no such file.');
      return;
    }
    const assembled = this.parts.assemble(entry.file.id);
    if (assembled && 'bytes' in assembled) entry.bytes = assembled.bytes;
    if (!entry.bytes) {
      fail(response, 409, 'object_missing', 'There is no object yet.', assembled ?? undefined);
      return;
    }
    if (this.verifyingPolls > 0) {
      this.verifyingPolls -= 1;
      response.setHeader('retry-after', '1');
      json(response, 202, { ...entry.file, status: 'verifying' });
      return;
    }
    const sha256 = createHash('sha256').update(entry.bytes).digest('hex');
    const good = sha256 === (entry.declared.sha256 ?? sha256);
    entry.file = {
      ...entry.file,
      sha256,
      checksum: assembled ? this.parts.checksum(entry.file.id) : null,
      status: good ? 'ready' : 'rejected',
      readyAt: new Date().toISOString(),
    };
    this.parts.settle(entry.file.id, entry.file.status);
    json(response, 200, entry.file);
  }

  #get(request: IncomingMessage, response: ServerResponse, url: URL): void {
    const bytes = this.stored.get(url.pathname.slice('/get/'.length))?.bytes;
    if (!bytes) {
      fail(response, 404, 'not_found', 'There is no such object.');
      return;
    }
    const range = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? '');
    if (!range) {
      response.writeHead(200).end(bytes);
      return;
    }
    response
      .writeHead(206)
      .end(bytes.subarray(Number(range[1]), range[2] ? Number(range[2]) + 1 : undefined));
  }
}
