import type { FileMetadata, SlipwayFile } from '../shared/types.ts';
import type { Caller, CallOptions } from './call.ts';

/** How a file is kept, from its announcement on. The stricter of this and the project's rules holds. */
export interface FileKeeping {
  /** Below the folder of the project's rules: `invoices/2026`. */
  readonly folder?: string | undefined;
  /** Up to 20. */
  readonly tags?: readonly string[] | undefined;
  /** `private`: read by signed links alone, though the project is public. */
  readonly visibility?: 'public' | 'private' | undefined;
  /** The file is deleted so many days from now. */
  readonly expiresInDays?: number | undefined;
  /** The file is deleted unless `files.confirm` keeps it. */
  readonly temporary?: boolean | undefined;
  /** The time to confirm a temporary file in; 24 hours without it. */
  readonly confirmWithinHours?: number | undefined;
}

/** What may be changed of a file; what is left out stays. */
export interface FileChange {
  readonly name?: string | undefined;
  readonly folder?: string | undefined;
  readonly tags?: readonly string[] | undefined;
  /** Replaces what was there. */
  readonly metadata?: FileMetadata | undefined;
  readonly customId?: string | null | undefined;
  readonly visibility?: 'public' | 'private' | undefined;
  readonly expiresAt?: string | null | undefined;
}

/** One change of up to 1000 files. */
export type BulkChange =
  | {
      readonly ids: readonly string[];
      /** `erase` is for good, `purge` what is in the trash. */
      readonly action: 'delete' | 'erase' | 'restore' | 'purge';
    }
  | {
      readonly ids: readonly string[];
      readonly action: 'update';
      readonly addTags?: readonly string[] | undefined;
      readonly removeTags?: readonly string[] | undefined;
      readonly folder?: string | undefined;
    };

/** Each file has an answer of its own. */
export interface BulkResult {
  readonly results: readonly (
    | { readonly id: string; readonly ok: true }
    | {
        readonly id: string;
        readonly ok: false;
        readonly error: { readonly code: string; readonly message: string };
      }
  )[];
}

export interface FileVersions {
  readonly data: readonly SlipwayFile[];
}

export interface FileChanges {
  /** Changes name, folder, tags, metadata, customId, visibility or expiry. */
  update(id: string, change: FileChange, options?: CallOptions): Promise<SlipwayFile>;
  /** Keeps a temporary file. */
  confirm(id: string, options?: CallOptions): Promise<SlipwayFile>;
  /** All versions of a file with a customId, the newest first. */
  versions(id: string, options?: CallOptions): Promise<FileVersions>;
  /** Takes a file out of the trash; of a file that was replaced: makes it the newest version again. */
  restore(id: string, options?: CallOptions): Promise<SlipwayFile>;
  /** Deletes, restores, tags or moves many files; one that fails leaves the others alone. */
  bulk(change: BulkChange, options?: CallOptions): Promise<BulkResult>;
}

export function createFileChanges(call: Caller): FileChanges {
  const one = (id: string) => `files/${encodeURIComponent(id)}`;
  return {
    update: (id, body, more) => call({ ...more, method: 'PATCH', path: one(id), body }),
    confirm: (id, more) => call({ ...more, method: 'POST', path: `${one(id)}/confirm` }),
    versions: (id, more) => call({ ...more, method: 'GET', path: `${one(id)}/versions` }),
    restore: (id, more) => call({ ...more, method: 'POST', path: `${one(id)}/restore` }),
    bulk: (body, more) => call({ ...more, method: 'POST', path: 'files/bulk', body }),
  };
}
