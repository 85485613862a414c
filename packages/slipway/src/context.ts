import type { GuardedFetch } from '@repo/foundation/guarded-fetch';
import type { Once } from '@repo/foundation/idempotency';
import type { Queue } from '@repo/foundation/jobs';
import type { Locks } from '@repo/foundation/locks';
import type { Mailer } from '@repo/foundation/mail';
import type { OrganizationContext } from '@repo/foundation/organization';
import type { Rate, RateLimiter } from '@repo/foundation/rate-limit';
import type { UrlSigner } from '@repo/foundation/url-signer';
import type { Images } from './image/images.ts';
import type { MemberRole, Permission } from './permission.ts';
import type { HeldPlan } from './plan/held-plan.ts';
import type { PlanName } from './plan/plans.ts';
import type { Project } from './project/table.ts';
import type { Scanner } from './scan/scanner.ts';
import type { Storages } from './storage/storage.ts';
import type { BucketAccess } from './storage-connection/access.ts';

/** What every Slipway verb gets first. */
export interface SlipwayContext extends OrganizationContext<MemberRole, Permission> {
  storages: Storages;
  /** How projects' own buckets are opened. */
  buckets: BucketAccess;
  /** Null when none is configured. */
  scanner: Scanner | null;
  queue: Queue<SlipwayContext>;
  locks: Locks;
  images: Images;
  signer: UrlSigner;
  /** The one way to addresses that users name. */
  outgoing: GuardedFetch;
  limiter: RateLimiter;
  /** Null when mails are kept here instead. */
  mailer: Mailer | null;
  config: SlipwayConfig;
  /** The project that came with the request's API key, so that the hot path reads it once. */
  project?: Project | undefined;
  /** The plan of that project's organization. */
  plan?: HeldPlan | undefined;
  /** Of a call that came with an `Idempotency-Key`. */
  once?: Once | undefined;
}

export interface SlipwayConfig {
  publicUrl: string;
  /** Where files are served; another host than `publicUrl` when one is configured. */
  filesUrl: string;
  uploadUrlTtlSeconds: number;
  /** Objects without a row are left alone for so long: the row may still come. */
  orphanGraceSeconds: number;
  /** Files on disk are read back this often; 0 for never. */
  scrubDays: number;
  /** How long an upload in parts, or by tus, may take altogether. */
  uploadSessionTtlSeconds: number;
  /** Calls of each project and of each key, in place of what their plan says; null for any number. */
  rates: { project: Rate | null | undefined; key: Rate | null | undefined };
  /** Of organizations to which nobody gave one. */
  defaultPlan: PlanName;
  /** Who may give plans; without any the first user may. */
  adminEmails: readonly string[];
}
