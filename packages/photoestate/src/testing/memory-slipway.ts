import { createHash, randomUUID } from 'node:crypto';
import {
  type CallOptions,
  type FileMetadata,
  type FileQuery,
  type Slipway,
  SlipwayError,
  type SlipwayFile,
} from 'slipway/server';

export interface MemorySlipway extends Slipway {
  /** What is stored right now. */
  readonly stored: ReadonlyMap<string, Uint8Array>;
  put(name: string, bytes: Uint8Array, metadata?: FileMetadata): SlipwayFile;
  /** Makes the next calls fail as a server out of reach does. */
  failures: number;
  /** Where links lead; see `serveFiles`. */
  origin: string;
}

/** Slipway as the verbs and jobs see it, in memory. The real one is met in the acceptance tests. */
export function createMemorySlipway(): MemorySlipway {
  const stored = new Map<string, Uint8Array>();
  const files = new Map<string, SlipwayFile>();
  const missing = (id: string) =>
    new SlipwayError({ code: 'not_found', message: `There is no file "${id}".`, status: 404 });
  const slipway = {
    stored,
    failures: 0,
    origin: 'http://slipway.test',
    put(name: string, bytes: Uint8Array, metadata: FileMetadata = {}): SlipwayFile {
      const id = `file_${randomUUID()}`;
      const file = describe({ id, name, bytes, metadata });
      stored.set(id, bytes);
      files.set(id, file);
      return file;
    },
  };
  function answer(id: string): SlipwayFile {
    if (slipway.failures > 0) {
      slipway.failures -= 1;
      throw new SlipwayError({ code: 'network_error', message: 'Could not reach the server.' });
    }
    const file = files.get(id);
    if (file === undefined || !stored.has(id)) throw missing(id);
    return file;
  }
  const unused = () => Promise.reject(new Error('not part of these tests'));
  return Object.assign(slipway, {
    project: unused,
    uploads: {
      ...{ create: unused, complete: unused, callback: unused, claimCallback: unused },
      reportRefusals: unused,
    },
    keys: { list: unused, create: unused, roll: unused, revoke: unused },
    events: { list: unused },
    files: {
      ...{ list: unused, update: unused, confirm: unused, bulk: unused },
      ...{ restore: unused, versions: unused },
      async *all({ from, to }: FileQuery = {}, { signal }: CallOptions = {}) {
        for (const id of stored.keys()) {
          signal?.throwIfAborted();
          const file = answer(id);
          const created = Date.parse(file.createdAt);
          if (created >= timeOf(from ?? 0) && created < timeOf(to ?? Infinity)) yield file;
        }
      },
      get: async (id: string) => answer(id),
      async delete(id: string) {
        const file = answer(id);
        stored.delete(id);
        return file;
      },
      url: async (id: string, { transform }: { transform?: string | undefined } = {}) => ({
        url: `${slipway.origin}/f/${answer(id).key}${transform ? `?${transform}` : ''}`,
        expiresAt: new Date(Date.now() + 900_000).toISOString(),
      }),
      download: async (id: string) => {
        answer(id);
        return new Response(new Uint8Array(stored.get(id) ?? []));
      },
    },
    uploadFromUrl: unused,
    async upload(source: unknown, options: { name: string; metadata?: FileMetadata | undefined }) {
      if (!(source instanceof Blob)) throw new Error('expected a Blob');
      return slipway.put(options.name, await source.bytes(), options.metadata);
    },
  });
}

const timeOf = (time: Date | string | number) =>
  typeof time === 'string' ? Date.parse(time) : Number(time);

function describe(input: {
  id: string;
  name: string;
  bytes: Uint8Array;
  metadata: FileMetadata;
}): SlipwayFile {
  const { id, name, bytes, metadata } = input;
  const now = new Date().toISOString();
  return {
    id,
    key: `p/${id}`,
    projectId: 'prj_test',
    name,
    size: bytes.byteLength,
    type: 'image/jpeg',
    sha256: createHash('sha256').update(bytes).digest('hex'),
    status: 'ready',
    scan: 'not_scanned',
    customId: null,
    metadata,
    url: null,
    createdAt: now,
    readyAt: now,
  };
}
