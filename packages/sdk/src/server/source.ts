import { sha256, toHex } from '../shared/hash.ts';
import { SlipwayError } from './errors.ts';
import type { UploadOptions, UploadSource } from './upload.ts';

/** A source whose size and digest are known as far as they can be. */
export interface PreparedSource {
  readonly size: number;
  readonly type: string;
  readonly repeatable: boolean;
  readonly sha256: string | undefined;
  /** A body for one attempt. */
  body(): Blob | Uint8Array<ArrayBuffer> | ArrayBuffer | ReadableStream<Uint8Array>;
  /** The digest of what was sent, once it was sent. */
  digest(): string | undefined;
  /** Why the source itself failed, if it did. */
  failure(): SlipwayError | undefined;
}

/** Blobs beyond this are hashed piece by piece where the runtime can, and otherwise not at all. */
const LARGEST_IN_MEMORY = 64 * 1024 * 1024;

interface StreamingHash {
  update(bytes: Uint8Array): unknown;
  digest(): Uint8Array;
}

/** Measures and hashes a source before its upload is created. */
export async function prepareSource(
  source: UploadSource,
  options: UploadOptions,
): Promise<PreparedSource> {
  if (source instanceof ReadableStream) return prepareStream(source, options);
  const size = source instanceof Blob ? source.size : source.byteLength;
  if (options.size !== undefined && options.size !== size) {
    throw invalid(
      `Expected ${options.size} bytes for “${options.name}”, but the source has ${size}.`,
    );
  }
  const given =
    options.sha256 === false ? undefined : (options.sha256?.toLowerCase() ?? (await hash(source)));
  return {
    size,
    type: source instanceof Blob ? source.type : '',
    repeatable: true,
    sha256: given,
    body: () => source,
    digest: () => given,
    failure: () => undefined,
  };
}

async function hash(source: Exclude<UploadSource, ReadableStream>): Promise<string | undefined> {
  if (!(source instanceof Blob)) return sha256(source);
  if (source.size <= LARGEST_IN_MEMORY) return sha256(await source.arrayBuffer());
  const streaming = streamingHash();
  if (!streaming) return undefined;
  const reader = source.stream().getReader();
  for (let piece = await reader.read(); !piece.done; piece = await reader.read())
    streaming.update(piece.value);
  return toHex(streaming.digest());
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
  );
  let digest = given;
  return {
    size,
    type: '',
    repeatable: false,
    sha256: given,
    body: () => counted,
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
