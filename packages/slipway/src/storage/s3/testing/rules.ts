/** What one request is about, in S3's words. */
export type Operation =
  | 'HeadBucket'
  | 'CreateBucket'
  | 'ListObjectsV2'
  | 'PutObject'
  | 'GetObject'
  | 'HeadObject'
  | 'DeleteObject'
  | 'CopyObject'
  | 'CreateMultipartUpload'
  | 'UploadPart'
  | 'UploadPartCopy'
  | 'ListParts'
  | 'CompleteMultipartUpload'
  | 'AbortMultipartUpload'
  | 'ListMultipartUploads'
  | 'GetBucketCors'
  | 'PutBucketCors'
  | 'GetBucketLifecycleConfiguration'
  | 'PutBucketLifecycleConfiguration'
  | 'GetBucketVersioning';

/** Which pages may do what, as S3 keeps it. */
export interface CorsRule {
  id?: string | undefined;
  origins: string[];
  methods: string[];
  headers: string[];
  expose: string[];
}

/** How one S3 server behaves, and how it may be set up wrongly. */
export interface Rules {
  accessKeyId: string;
  secretAccessKey: string;
  /** Signatures for another one are refused. */
  region: string;
  /** How far its clock is ahead. */
  clockSkewMs: number;
  signatures: boolean;
  expiry: boolean;
  /** `If-None-Match: *`; `refused` says 501 to it. */
  createOnly: 'enforced' | 'ignored' | 'refused';
  /** `x-amz-checksum-*`; `refused` says 400 to it. */
  checksums: 'compared' | 'ignored' | 'refused';
  /** Parts have the checksum that was named when the upload was opened, and no other. */
  checksumsAnnounced: boolean;
  /** All parts but the last are of one size. */
  equalParts: boolean;
  minPartSize: number;
  maxParts: number;
  /** Parts are taken after the upload was completed, as Swift does. */
  lateParts: boolean;
  range: boolean;
  /** These answer 501. */
  missing: Operation[];
  /** These answer 503. */
  busy: Operation[];
  /** This answers so, whatever it means by that. */
  fails: { operation: Operation; status: number } | null;
  /** These answer 403. */
  denied: Operation[];
  /** These need no signature. */
  anonymous: Operation[];
  /** Null: no page may do anything. */
  cors: CorsRule[] | null;
  versioning: 'Enabled' | 'Suspended' | null;
}

const MIB = 1024 ** 2;

/** As AWS does it, and as a bucket for Slipway is best set up. */
export const AWS: Rules = {
  accessKeyId: 'AKIDTESTKEY',
  secretAccessKey: 'a secret of the tests',
  region: 'eu-central-1',
  clockSkewMs: 0,
  signatures: true,
  expiry: true,
  createOnly: 'enforced',
  checksums: 'compared',
  checksumsAnnounced: true,
  equalParts: false,
  minPartSize: 5 * MIB,
  maxParts: 10_000,
  lateParts: false,
  range: true,
  missing: [],
  busy: [],
  fails: null,
  denied: [],
  anonymous: [],
  cors: [{ origins: ['*'], methods: ['PUT', 'GET', 'HEAD'], headers: ['*'], expose: ['ETag'] }],
  versioning: null,
};

/** Cloudflare's: one region of its own, parts of one size. */
const R2: Rules = { ...AWS, region: 'auto', checksumsAnnounced: false, equalParts: true };

/** Backblaze's: no checksums of this kind, no conditions. */
const B2: Rules = { ...AWS, region: 'us-west-004', checksums: 'refused', createOnly: 'refused' };

/** Supabase's: plain, and without rules for a bucket's life. */
const SUPABASE: Rules = {
  ...AWS,
  checksums: 'ignored',
  createOnly: 'ignored',
  missing: ['PutBucketLifecycleConfiguration', 'GetBucketLifecycleConfiguration', 'PutBucketCors'],
};

/** Scaleway's: a thousand parts. */
const SCALEWAY: Rules = { ...AWS, region: 'fr-par', maxParts: 1_000, checksums: 'ignored' };

/** Servers that cannot be had here, as far as their rules are known. */
export const PROFILES = { AWS, R2, B2, Supabase: SUPABASE, Scaleway: SCALEWAY };
