import { createHash, createHmac } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { FileStatus, UploadTarget } from '../shared/types.ts';
import { fail, json, readAll } from './http.ts';

/** One attempt to send a part, as the server saw it. */
export interface SeenPart {
  readonly id: string;
  readonly number: number;
  /** Bytes that arrived, also of an attempt that was cut. */
  received: number;
  status: number;
}

interface Upload {
  readonly id: string;
  readonly size: number;
  readonly partSize: number;
  readonly expires: number;
  readonly declared: Map<number, string>;
  readonly parts: Map<number, { readonly bytes: Buffer; readonly sha256: string }>;
  status: FileStatus;
}

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
const sign = (text: string) => createHmac('sha256', 'fake').update(text).digest('hex').slice(0, 16);

/** Uploads in parts, as strict as the product: signed addresses, exact lengths, digests, open or over. */
export class FakeParts {
  partSize = 1024 * 1024;
  /** Milliseconds. */
  sessionTtl = 86_400_000;
  partTtl = 600_000;
  /** Milliseconds by which time has passed here. */
  elapsed = 0;
  readonly seen: SeenPart[] = [];
  /** Whether a bit of this attempt flips on its way. */
  flips: (attempt: SeenPart) => boolean = () => false;
  /** Whether the connection breaks after the part was stored, before the answer. */
  losesAnswer: (attempt: SeenPart) => boolean = () => false;
  /** Cuts the connection that brings this byte, counted over all parts. */
  cutAt = Number.POSITIVE_INFINITY;
  /** Runs when an attempt begins, and holds it up. */
  begins: (attempt: SeenPart) => void | Promise<void> = () => undefined;
  readonly #uploads = new Map<string, Upload>();
  readonly #url: () => string;

  constructor(url: () => string) {
    this.#url = url;
  }

  #now(): number {
    return Date.now() + this.elapsed;
  }

  /** Bytes of parts that arrived, those of cut and refused attempts included. */
  get received(): number {
    return this.seen.reduce((sum, { received }) => sum + received, 0);
  }

  open(id: string, size: number): Pick<UploadTarget, 'url' | 'method' | 'expiresAt' | 'multipart'> {
    const { partSize } = this;
    const expires = this.#now() + this.sessionTtl;
    this.#uploads.set(id, {
      ...{ id, size, partSize, expires, status: 'pending' },
      declared: new Map(),
      parts: new Map(),
    });
    return {
      url: `${this.#url()}${signed(`/api/uploads/${id}`, expires)}`,
      method: 'POST',
      expiresAt: new Date(expires).toISOString(),
      multipart: { partSize, partCount: Math.ceil(size / partSize) },
    };
  }

  /** The whole file, or the numbers of the parts that are not there; null for other uploads. */
  assemble(id: string): { readonly bytes: Buffer } | { readonly missing: number[] } | null {
    const upload = this.#uploads.get(id);
    if (!upload) return null;
    const numbers = Array.from({ length: countOf(upload) }, (_, index) => index + 1);
    const missing = numbers.filter((number) => {
      const part = upload.parts.get(number);
      return !part || part.sha256 !== (upload.declared.get(number) ?? part.sha256);
    });
    if (missing.length > 0) return { missing };
    upload.status = 'verifying';
    return {
      bytes: Buffer.concat(numbers.flatMap((number) => upload.parts.get(number)?.bytes ?? [])),
    };
  }

  checksum(id: string): string {
    const { parts, partSize } = this.#uploads.get(id) as Upload;
    const digests = [...parts].sort(([a], [b]) => a - b).map(([, part]) => part.sha256);
    return `sha256-parts:${partSize}:${sha256(Buffer.from(digests.join(''), 'hex'))}`;
  }

  settle(id: string, status: FileStatus): void {
    const upload = this.#uploads.get(id);
    if (upload) upload.status = status;
  }

  /** Loses a part, as a storage might. */
  lose(id: string, number: number): void {
    this.#uploads.get(id)?.parts.delete(number);
  }

  statusOf(id: string): FileStatus | undefined {
    return this.#uploads.get(id)?.status;
  }

  async session(request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> {
    const upload = this.#uploads.get(url.pathname.slice('/api/uploads/'.length));
    const text = (await readAll(request)).toString();
    if (request.headers.authorization || request.headers.cookie) {
      fail(response, 400, 'credentials', 'Expected neither key nor cookie here.');
    } else if (!isSigned(url)) fail(response, 403, 'url_invalid', 'This address is not ours.');
    else if (Number(url.searchParams.get('expires')) < this.#now())
      fail(response, 403, 'url_expired', 'This address has expired.');
    else if (!upload) fail(response, 404, 'not_found', 'There is no such upload.');
    else if (request.method === 'GET') json(response, 200, describe(upload));
    else if (request.method === 'DELETE') this.#abort(response, upload);
    else this.#sign(response, upload, JSON.parse(text));
  }

  #abort(response: ServerResponse, upload: Upload): void {
    if (upload.status !== 'pending') {
      fail(response, 409, 'upload_closed', 'It is too late.');
      return;
    }
    upload.status = 'deleted';
    upload.parts.clear();
    response.writeHead(204).end();
  }

  #sign(
    response: ServerResponse,
    upload: Upload,
    { parts }: { parts: { number: number; sha256?: string }[] },
  ): void {
    if (upload.status !== 'pending') {
      fail(response, 409, 'upload_closed', `This upload is ${upload.status}.`);
      return;
    }
    const numbers = new Set(parts.map(({ number }) => number));
    const wrong = [...numbers].some((number) => number < 1 || number > countOf(upload));
    const withDigest = parts.filter((part) => part.sha256 !== undefined).length;
    const mixed = withDigest > 0 ? withDigest < parts.length : upload.declared.size > 0;
    if (parts.length < 1 || parts.length > 100 || numbers.size < parts.length || wrong || mixed) {
      fail(
        response,
        400,
        'validation_failed',
        'Expected 1 to 100 parts, all with digests or none.',
      );
      return;
    }
    const expires = this.#now() + this.partTtl;
    for (const part of parts) if (part.sha256) upload.declared.set(part.number, part.sha256);
    json(response, 200, {
      parts: parts.map((part) => ({
        number: part.number,
        url: `${this.#url()}${signed(`/part/${upload.id}/${part.number}`, expires, part.sha256)}`,
        method: 'PUT',
        headers: { 'x-part': String(part.number) },
        expiresAt: new Date(expires).toISOString(),
      })),
    });
  }

  async put(request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> {
    const [, , id = '', name = ''] = url.pathname.split('/');
    const upload = this.#uploads.get(id);
    const attempt: SeenPart = { id, number: Number(name), received: 0, status: 0 };
    this.seen.push(attempt);
    const refuse = (status: number, code: string) => {
      attempt.status = status;
      fail(response, status, code, `No: ${code}.`);
    };
    const bytes = await this.#receive(request, attempt);
    if (!bytes) return;
    const digest = sha256(bytes);
    const expected = url.searchParams.get('sha256');
    if (!isSigned(url) || request.headers['x-part'] !== name) refuse(403, 'url_invalid');
    else if (Number(url.searchParams.get('expires')) < this.#now()) refuse(403, 'url_expired');
    else if (upload?.status !== 'pending') refuse(409, 'upload_closed');
    else if (bytes.length !== lengthOf(upload, attempt.number)) refuse(422, 'size_mismatch');
    else if (expected && expected !== digest) refuse(422, 'digest_mismatch');
    else {
      upload.parts.set(attempt.number, { bytes, sha256: digest });
      attempt.status = 200;
      if (this.losesAnswer(attempt)) request.socket.destroy();
      else response.writeHead(200).end();
    }
  }

  async #receive(request: IncomingMessage, attempt: SeenPart): Promise<Buffer | null> {
    const pieces: Buffer[] = [];
    try {
      await this.begins(attempt);
      for await (const piece of request as AsyncIterable<Buffer>) {
        const room = this.cutAt - this.received;
        attempt.received += Math.min(piece.length, Math.max(0, room));
        if (piece.length > room) {
          this.cutAt = Number.POSITIVE_INFINITY;
          request.socket.destroy();
          return null;
        }
        pieces.push(piece);
      }
    } catch {
      // The client left; what came counts, and is nothing.
      return null;
    }
    const bytes = Buffer.concat(pieces);
    if (this.flips(attempt) && bytes.length > 0) bytes.writeUInt8((bytes[5] ?? 0) ^ 4, 5);
    return bytes;
  }
}

function describe(upload: Upload): object {
  const { id, status, size, partSize, expires } = upload;
  const open = status === 'pending';
  return {
    ...{ id, status, size, partSize, partCount: countOf(upload) },
    expiresAt: new Date(expires).toISOString(),
    parts: [...(open ? upload.parts : [])].map(([number, { bytes, sha256: digest }]) => ({
      number,
      size: bytes.length,
      sha256: digest,
    })),
  };
}

const countOf = ({ size, partSize }: Upload) => Math.ceil(size / partSize);
const lengthOf = ({ size, partSize }: Upload, number: number) =>
  Math.min(partSize, size - (number - 1) * partSize);

function signed(path: string, expires: number, digest?: string): string {
  const query = `expires=${expires}${digest ? `&sha256=${digest}` : ''}`;
  return `${path}?${query}&signature=${sign(`${path}?${query}`)}`;
}

function isSigned({ pathname, search }: URL): boolean {
  const [text = '', signature] = `${pathname}${search}`.split('&signature=');
  return sign(text) === signature;
}
