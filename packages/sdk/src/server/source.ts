import { sha256, toHex } from '../shared/hash.ts';
import type { Part } from '../shared/parts.ts';
import { SlipwayError } from './errors.ts';
import { createPartReader, type PartReader } from './part-reader.ts';
import type { UploadOptions, UploadSource } from './upload.ts';

/** Something a request can send. */
export type Body = Blob | Uint8Array<ArrayBuffer> | ArrayBuffer | ReadableStream<Uint8Array>;

/** A source whose size and digest are known as far as they can be. */
export interface PreparedSource {
  readonly size: number;
  readonly type: string;
  /** Whether all of it can be sent a second time; parts always can. */
  readonly repeatable: boolean;
  readonly sha256: string | undefined;
  /** Whether parts go with their digests. */
  readonly digests: boolean;
  /** A body for one attempt at the whole. */
  body(): Body;
  /** The bytes of a part. A stream keeps them until they are let go. */
  part(part: Part): Promise<Blob | Uint8Array<ArrayBuffer>>;
  release(part: Part): void;
  /** The digest of what was sent, once it was sent. */
  digest(): string | undefined;
  /** Why the source itself failed, if it did. */
  failure(): SlipwayError | undefined;
}

/** Blobs beyond this are not read an extra time for a digest of the whole; their parts have theirs. */
const LARGEST_IN_MEMORY = 64 * 1024 * 1024;

interface StreamingHash {
  update(bytes: Uint8Array): unknown;
  digest(): Uint8Array;
}

function sizeOf(source: Exclude<UploadSource, ReadableStream>): number {
  const size: number | undefined = source instanceof Blob ? source.size : source.byteLength;
  if (size !== undefined) return size;
  throw invalid(
    'Expected a Blob, bytes or a web ReadableStream; use Readable.toWeb(stream) for one of Node.',
  );
}

/** Measures and hashes a source before its upload is created. */
export async function prepareSource(
  source: UploadSource,
  options: UploadOptions,
): Promise<PreparedSource> {
  if (source instanceof ReadableStream) return prepareStream(source, options);
  const size = sizeOf(source);
  if (options.size !== undefined && options.size !== size) {
    throw invalid(
      `Expected ${options.size} bytes for “${options.name}”, but the source has ${size}.`,
    );
  }
  const given =
    options.sha256 === false ? undefined : (options.sha256?.toLowerCase() ?? (await hash(source)));
  const bytes = source instanceof ArrayBuffer ? new Uint8Array(source) : source;
  return {
    size,
    type: source instanceof Blob ? source.type : '',
    repeatable: true,
    sha256: given,
    digests: options.sha256 !== false,
    body: () => source,
    part: async ({ start, size: length }) =>
      bytes instanceof Blob
        ? bytes.slice(start, start + length)
        : bytes.subarray(start, start + length),
    release: () => undefined,
    digest: () => given,
    failure: () => undefined,
  };
}

async function hash(source: Exclude<UploadSource, ReadableStream>): Promise<string | undefined> {
  if (!(source instanceof Blob)) return sha256(source);
  return source.size <= LARGEST_IN_MEMORY ? sha256(await source.arrayBuffer()) : undefined;
}

function prepareStream(source: ReadableStream<Uint8Array>, options: UploadOptions): PreparedSource {
  const { size } = options;
  if (size === undefined || !Number.isSafeInteger(size) || size < 0) {
    throw invalid(
      `Expected the size of the stream “${options.name}” in bytes, but received ${String(size)}.`,
    );
  }
  const given = options.sha256 === false ? undefined : options.sha256?.toLowerCase();
  const streaming = given === undefined && options.sha256 !== false ? streamingHash() : undefined;
  let sent = 0;
  let failure: SlipwayError | undefined;
  const check = (wrong: boolean, controller: TransformStreamDefaultController<Uint8Array>) => {
    if (!wrong) return;
    failure = invalid(
      `Expected ${size} bytes in the stream “${options.name}”, but received ${sent > size ? 'more' : sent}.`,
    );
    controller.error(failure);
  };
  const counted = source.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform(bytes, controller) {
        sent += bytes.byteLength;
        streaming?.update(bytes);
        check(sent > size, controller);
        controller.enqueue(bytes);
      },
      flush: (controller) => check(sent < size, controller),
    }),
    options.signal ? { signal: options.signal } : {},
  );
  let digest = given;
  let reader: PartReader | undefined;
  return {
    size,
    type: '',
    repeatable: false,
    sha256: given,
    digests: options.sha256 !== false,
    body: () => counted,
    part(part) {
      reader ??= createPartReader(counted, size);
      return reader.read(part);
    },
    release: (part) => reader?.release(part),
    digest() {
      if (streaming) digest ??= toHex(streaming.digest());
      return digest;
    },
    failure: () => failure,
  };
}

function invalid(message: string): SlipwayError {
  return new SlipwayError({ code: 'invalid_source', message });
}

/** Web Crypto has no streaming digest; Node, Bun and Deno offer theirs without an import. */
function streamingHash(): StreamingHash | undefined {
  const { process } = globalThis as {
    process?: {
      getBuiltinModule?: (name: string) => { createHash(name: string): StreamingHash } | undefined;
    };
  };
  return process?.getBuiltinModule?.('node:crypto')?.createHash('sha256');
}
