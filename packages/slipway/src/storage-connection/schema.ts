import { anyId, isStorableText, STORABLE_TEXT } from '@repo/foundation/text';
import { z } from 'zod';
import type { Capabilities } from '../storage/capabilities.ts';
import type { DoctorReport } from '../storage/s3/doctor/report.ts';
import type { BucketAddress, MOVE_STATUSES } from './table.ts';

const name = z
  .string()
  .trim()
  .min(1, 'expected a name')
  .max(80, 'expected at most 80 characters')
  .refine(isStorableText, STORABLE_TEXT);

/** As AWS and those after it name them; no ARN and no access point, which the SDK would send elsewhere. */
const bucket = z
  .string()
  .trim()
  .regex(
    /^[0-9A-Za-z][0-9A-Za-z._-]{1,61}[0-9A-Za-z]$/,
    'expected a bucket’s name: 3 to 63 letters, digits, dots and hyphens',
  );

const region = z
  .string()
  .trim()
  .regex(/^[0-9a-z](-?[0-9a-z])*$/, 'expected a region such as eu-central-1, or auto')
  .max(40, 'expected at most 40 characters');

/** Without user, query and fragment; a path is part of some (Supabase). */
const endpoint = z
  .url({ protocol: /^https?$/, error: 'expected an address such as https://s3.example.com' })
  .trim()
  .max(500, 'expected at most 500 characters')
  .transform((text, issues) => {
    const url = new URL(text);
    const plain = url.username === '' && url.password === '' && url.search === '' && !url.hash;
    if (!plain) {
      const message = 'expected an address without user, query and fragment';
      issues.addIssue({ code: 'custom', message });
    }
    return `${url.origin}${url.pathname}`.replace(/\/+$/, '');
  });

const credentials = {
  /** Printable ASCII, which is all that a signature’s header can hold. */
  accessKeyId: z
    .string()
    .trim()
    .regex(/^[!-~]{1,1024}$/, 'expected an access key, without spaces'),
  secretAccessKey: z
    .string()
    .trim()
    .min(1, 'expected a secret key')
    .max(1024, 'expected at most 1024 characters')
    .refine(isStorableText, STORABLE_TEXT),
};

/** Of the pages that upload, as a browser sends it. */
const origin = z
  .url({ protocol: /^https?$/, error: 'expected an address such as https://app.example.com' })
  .transform((text) => new URL(text).origin)
  .optional();

/** Lets the doctor change the bucket’s configuration. */
const mend = z.boolean().default(false);

const examination = {
  /** Whose uploads the doctor tries out; the dashboard’s when there is none. */
  origin,
  /** Goes on although the doctor found a problem. */
  force: z.boolean().default(false),
};

export const ConnectStorage = z.object({
  projectId: anyId,
  name,
  bucket,
  endpoint: endpoint.nullable(),
  region,
  forcePathStyle: z.boolean(),
  ...credentials,
  ...examination,
  mend,
});
export type ConnectStorage = z.input<typeof ConnectStorage>;

const ByConnection = { projectId: anyId, storageId: anyId };

export const UpdateCredentials = z.object({ ...ByConnection, ...credentials, ...examination });
export type UpdateCredentials = z.input<typeof UpdateCredentials>;

export const CheckStorage = z.object({
  ...ByConnection,
  origin,
  mend,
});
export type CheckStorage = z.input<typeof CheckStorage>;

export const DisconnectStorage = z.object({
  ...ByConnection,
  /** Leaves the bytes of deleted files, which are yet to be erased, in the bucket. */
  leaveRest: z.boolean().default(false),
});
export type DisconnectStorage = z.input<typeof DisconnectStorage>;

/** Null is the storage of the configuration. */
export const ToStorage = z.object({ projectId: anyId, storageId: anyId.nullable() });
export type ToStorage = z.infer<typeof ToStorage>;

export const MoveRef = z.object({ projectId: anyId, moveId: anyId });
export type MoveRef = z.infer<typeof MoveRef>;

/** What may be known of a connection; never its credentials. */
export interface ConnectionView {
  id: string;
  name: string;
  address: BucketAddress;
  /** The last characters of the access key. */
  accessKeyHint: string;
  createdAt: string;
  /** When its credentials were last replaced. */
  updatedAt: string;
}

export interface StorageUse {
  /** Ready, in the trash, or on their way; as the project's usage has it, without test files. */
  files: number;
  bytes: number;
}

export interface ConnectedStorage extends ConnectionView, StorageUse {
  /** Null until the bucket was probed. */
  capabilities: Capabilities | null;
  probedAt: string | null;
}

export interface MoveView {
  id: string;
  /** Null for the storage of the configuration. */
  toId: string | null;
  status: (typeof MOVE_STATUSES)[number];
  totalFiles: number;
  totalBytes: number;
  movedFiles: number;
  movedBytes: number;
  /** Uploads that have to end first. */
  waitingFor: number;
  problem: string | null;
  createdAt: string;
  endedAt: string | null;
}

export interface ProjectStorages {
  /** Where new files go; null for the storage of the configuration. */
  currentId: string | null;
  /** The storage of the configuration. */
  standard: StorageUse & { kind: 'disk' | 's3' };
  connections: ConnectedStorage[];
  /** The last one, running or ended. */
  move: MoveView | null;
  /** What keeps buckets from being connected here; null when nothing does. */
  obstacle: string | null;
}

export type ConnectOutcome =
  | { outcome: 'connected'; connection: ConnectionView; report: DoctorReport }
  | { outcome: 'refused'; report: DoctorReport };
