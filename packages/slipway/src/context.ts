import type { BaseContext } from '@repo/foundation/context';
import type { Queue } from '@repo/foundation/jobs';
import type { Project } from './project/table.ts';
import type { Storage } from './storage/storage.ts';
import type { UrlSigner } from './storage/url-signer.ts';

/** What every Slipway verb gets first. */
export interface SlipwayContext extends BaseContext {
  storage: Storage;
  queue: Queue<SlipwayContext>;
  signer: UrlSigner;
  config: SlipwayConfig;
  /** The project that came with the request's API key, so that the hot path reads it once. */
  project?: Project | undefined;
}

export interface SlipwayConfig {
  publicUrl: string;
  uploadUrlTtlSeconds: number;
}
