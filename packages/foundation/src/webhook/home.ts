import type { SQL } from 'drizzle-orm';
import type { BaseContext } from '../context/index.ts';
import type { Tx } from '../db/index.ts';
import type { GuardedFetch } from '../guarded-fetch/index.ts';
import type { Queue } from '../jobs/index.ts';
import type { KeyRing } from '../sealing/index.ts';
import type {
  AttemptTable,
  DeliveryTable,
  DISABLED_REASONS,
  EndpointTable,
  EventRow,
  EventTable,
  WebhookEndpoint,
} from './table.ts';

export interface WebhookContext extends BaseContext {
  queue: Pick<Queue<never>, 'enqueue'>;
  /** The one way to addresses that users name. */
  outgoing: GuardedFetch;
}

/** How a product tells what is for trying out. */
export interface Tests {
  isOf(data: Record<string, unknown>): boolean;
  /** The condition under which an event is of nothing such. */
  isLive(): SQL;
}

export interface WebhookTables {
  event: EventTable;
  endpoint: EndpointTable;
  delivery: DeliveryTable;
  attempt: AttemptTable;
}

export interface Disabled {
  endpoint: WebhookEndpoint;
  reason: Exclude<(typeof DISABLED_REASONS)[number], 'manual'>;
  /** Deliveries that ended with it. */
  cancelled: number;
}

/** What a product says about its webhooks: whose they are, who may manage them, and what they tell. */
export interface WebhookHome<C extends WebhookContext = WebhookContext> {
  tables: WebhookTables;
  /** Null where nothing is for trying out. */
  tests: Tests | null;
  product: string;
  /** With which it sends: `Slipway-Webhooks/1.0`. */
  userAgent: string;
  /** What endpoints belong to, in words: `project`. */
  ownerName: string;
  /** Of an event `webhook.test`. */
  testMessage: string;
  /** @throws unless the actor may manage the webhooks of this owner. */
  allow(ctx: C, ownerId: string): Promise<{ organizationId: string }>;
  /** Lets changes to an owner happen one after another. */
  lock(tx: Tx, ownerId: string): Promise<{ organizationId: string }>;
  organizationOf(tx: Tx, ownerId: string): Promise<string | null>;
  /** What the audit log tells of the owner, beside its organization. */
  audited(ownerId: string): Record<string, unknown>;
  /** What secrets are sealed with. @throws `unavailable` when this installation has nothing. */
  keys(ctx: C): KeyRing;
  /** What is sent of an event: the same bytes at every try. */
  payload(event: EventRow): string;
  /** Tells the owner's people of an endpoint that was disabled, and nobody of them did it. */
  onDisabled(tx: Tx, ctx: C, what: Disabled): Promise<void>;
}

/** One product's webhooks, and whoever acts there. */
export interface At {
  home: WebhookHome;
  ctx: WebhookContext;
}
