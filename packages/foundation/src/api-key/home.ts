import type { BaseContext } from '../context/index.ts';
import type { Tx } from '../db/index.ts';
import type { ApiKeyTable, KeyEnvironment } from './table.ts';

/** What a product says about its keys: how they look, whose they are, and who may manage them. */
export interface KeyHome<C extends BaseContext = BaseContext, S extends string = string> {
  table: ApiKeyTable;
  product: string;
  /** What keys begin with: `sk` for `sk_live_…`. */
  prefix: string;
  environments: readonly KeyEnvironment[];
  scopes: readonly S[];
  /** What keys belong to, in words: `project`. */
  ownerName: string;
  /** @throws unless the actor may manage the keys of this owner. */
  allow(ctx: C, ownerId: string): Promise<unknown>;
  /** Lets changes to an owner's keys happen one after another. */
  lock(tx: Tx, ownerId: string): Promise<{ organizationId: string }>;
  /** What the audit log tells of the owner, beside its organization. */
  audited(ownerId: string): Record<string, unknown>;
  /** @throws when the actor may not touch keys of this environment. */
  requireEnvironment(ctx: C, environment: KeyEnvironment): void;
}
