import type { EngineRunner } from '@repo/engine';
import type { GuardedFetch } from '@repo/foundation/guarded-fetch';
import type { Queue } from '@repo/foundation/jobs';
import type { MemberContext } from '@repo/foundation/member';
import type { OrganizationContext, Product } from '@repo/foundation/organization';
import type { PubSub } from '@repo/foundation/pubsub';
import type { KeyRing } from '@repo/foundation/sealing';
import type { Slipway } from 'slipway/server';
import type { ContentSigner } from './content-credentials/signer.ts';
import type { Permission, Role } from './permission.ts';

export interface EngineSettings {
  /** One engine process is stopped beyond these. */
  maxSeconds: number;
  maxMemoryMb: number;
  /** Of one process, for its work at full size. */
  threads: number;
  /** Runs the engine in a process for each photo. */
  runner: Pick<EngineRunner, 'run'>;
  /** Folder for the photos that are being worked on. */
  workDir: string;
}

/** What every verb of this product gets first. */
export interface Context extends OrganizationContext<Role, Permission>, MemberContext<Role> {
  product: Product<Role, Permission>;
  config: { publicUrl: string; adminEmails: readonly string[] };
  queue: Pick<Queue<Context>, 'enqueue'>;
  pubsub: PubSub;
  slipway: Slipway;
  /** The one way to addresses that users name. */
  outgoing: GuardedFetch;
  /** Seal the secrets of webhooks; null when there are none. */
  sealingKeys: KeyRing | null;
  engine: EngineSettings;
  /** Signs what was done to a photo into its file; left out where no keys are set. */
  credentials?: ContentSigner | null | undefined;
  /** Credits that an organization begins with; see `credit/plans.ts` for what it is when left out. */
  startingCredits?: number | undefined;
  /** Aborted when the process is asked to stop: long work ends and is left to another worker. */
  stopping: AbortSignal;
}
