import { sha256 } from '../shared/hash.ts';
import type { UploadTarget } from '../shared/types.ts';
import { isObject, newId, refuse } from './answer.ts';
import type { Entry } from './store.ts';

interface Session {
  readonly entry: Entry;
  readonly partSize: number;
  readonly secret: string;
  readonly expiresAt: string;
  readonly declared: Map<number, string>;
  readonly parts: Map<number, { readonly bytes: Uint8Array<ArrayBuffer>; readonly sha256: string }>;
}

const DAY = 86_400_000;

/** Uploads in parts: their signed addresses, what arrived, and the whole. */
export class Sessions {
  readonly partSize: number;
  readonly #url: () => string;
  readonly #sessions = new Map<string, Session>();

  constructor(partSize: number, url: () => string) {
    this.partSize = partSize;
    this.#url = url;
  }

  open(entry: Entry): UploadTarget {
    const expiresAt = new Date(Date.now() + DAY).toISOString();
    const { partSize } = this;
    const secret = newId('s');
    this.#sessions.set(entry.file.id, {
      ...{ entry, partSize, secret, expiresAt },
      declared: new Map(),
      parts: new Map(),
    });
    const { id, key, size } = entry.file;
    return {
      ...{ id, key, method: 'POST', headers: {}, expiresAt },
      url: `${this.#url()}/api/uploads/${id}?expires=${Date.parse(expiresAt)}&signature=${secret}`,
      multipart: { partSize, partCount: Math.ceil(size / partSize) },
    };
  }

  /** Puts the whole together where every part is there; `missing` says which are not. */
  async assemble(entry: Entry): Promise<{ checksum: string } | { missing: number[] } | null> {
    const session = this.#sessions.get(entry.file.id);
    if (!session) return null;
    const numbers = Array.from({ length: countOf(session) }, (_, index) => index + 1);
    const missing = numbers.filter((number) => !session.parts.has(number));
    if (missing.length > 0) return { missing };
    const parts = numbers.flatMap((number) => session.parts.get(number) ?? []);
    entry.bytes ??= new Uint8Array(await new Blob(parts.map(({ bytes }) => bytes)).arrayBuffer());
    const digests = parts.map((part) => part.sha256).join('');
    const raw = Uint8Array.from(digests.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
    return { checksum: `sha256-parts:${session.partSize}:${await sha256(raw)}` };
  }

  /** GET, POST and DELETE of `/api/uploads/<id>`. */
  answer(request: { method: string; url: URL; body: unknown }): Response {
    const { method, url, body } = request;
    const session = this.#sessions.get(url.pathname.slice('/api/uploads/'.length));
    if (!session || url.searchParams.get('signature') !== session.secret)
      return refuse(403, 'url_invalid', 'This address was not signed here.');
    const { entry, parts, partSize } = session;
    const { id, status, size } = entry.file;
    if (method === 'GET')
      return Response.json({
        ...{ id, status, size, partSize, partCount: countOf(session) },
        expiresAt: session.expiresAt,
        parts: [...(status === 'pending' ? parts : [])]
          .sort(([a], [b]) => a - b)
          .map(([number, part]) => ({ number, size: part.bytes.length, sha256: part.sha256 })),
      });
    if (status !== 'pending') return refuse(409, 'upload_closed', `This upload is ${status}.`);
    if (method !== 'DELETE') return this.#sign(session, body);
    entry.file = { ...entry.file, status: 'deleted' };
    parts.clear();
    return new Response(null, { status: 204 });
  }

  #sign(session: Session, body: unknown): Response {
    const wanted = isObject(body) && Array.isArray(body['parts']) ? body['parts'] : [];
    const numbers = new Set(wanted.map((part) => Number(part?.number)));
    const digests = wanted.filter((part) => part?.sha256 !== undefined).length;
    const isWrong = [...numbers].some((number) => !(number >= 1 && number <= countOf(session)));
    const isMixed = digests > 0 && digests < wanted.length;
    if (
      wanted.length < 1 ||
      wanted.length > 100 ||
      numbers.size < wanted.length ||
      isWrong ||
      isMixed
    )
      return refuse(
        400,
        'validation_failed',
        'Expected 1 to 100 parts of this upload, all with a sha256 or none.',
      );
    const { id } = session.entry.file;
    for (const part of wanted) if (part.sha256) session.declared.set(part.number, part.sha256);
    return Response.json({
      parts: wanted.map(({ number }) => ({
        number,
        url: `${this.#url()}/ingest/${id}?part=${number}&signature=${session.secret}`,
        method: 'PUT',
        headers: { 'content-type': 'application/octet-stream' },
        expiresAt: session.expiresAt,
      })),
    });
  }

  /** PUT of one part. */
  async put(url: URL, bytes: Uint8Array<ArrayBuffer>): Promise<Response> {
    const session = this.#sessions.get(url.pathname.slice('/ingest/'.length));
    const number = Number(url.searchParams.get('part'));
    if (!session || url.searchParams.get('signature') !== session.secret)
      return refuse(403, 'url_invalid', 'This address was not signed here.');
    const { entry, partSize, declared } = session;
    if (entry.file.status !== 'pending')
      return refuse(409, 'upload_closed', 'This upload is over.');
    const expected = Math.min(partSize, entry.file.size - (number - 1) * partSize);
    if (bytes.length !== expected)
      return refuse(422, 'size_mismatch', `Expected ${expected} bytes, received ${bytes.length}.`);
    const digest = await sha256(bytes);
    if ((declared.get(number) ?? digest) !== digest)
      return refuse(422, 'digest_mismatch', `Expected another SHA-256 than ${digest}.`);
    session.parts.set(number, { bytes, sha256: digest });
    return new Response(null, { status: 200 });
  }
}

const countOf = ({ entry, partSize }: Session) => Math.ceil(entry.file.size / partSize);
