import { actorOf, createKeyVerifier } from '@repo/foundation/api-key';
import type { ApiKeyActor } from '@repo/foundation/context';
import { type Db, preparedOn } from '@repo/foundation/db';
import { and, eq, isNull, sql } from 'drizzle-orm';
import { type HeldPlan, heldPlan } from '../plan/held-plan.ts';
import { organizationPlan } from '../plan/table.ts';
import { type Project, project } from '../project/table.ts';
import { KEY_LOOK } from './look.ts';
import { apiKey } from './table.ts';

export type KeyActor = ApiKeyActor;

export interface VerifiedKey {
  actor: KeyActor;
  project: Project;
  /** Null when nobody gave its organization one. */
  plan: HeldPlan | null;
}

const keysByHash = preparedOn((db) =>
  db
    .select({ key: apiKey, project, plan: organizationPlan.plan, limits: organizationPlan.limits })
    .from(apiKey)
    .innerJoin(project, eq(project.id, apiKey.ownerId))
    .leftJoin(organizationPlan, eq(organizationPlan.organizationId, project.organizationId))
    .where(and(sql`${apiKey.hash} = any(${sql.placeholder('hashes')})`, isNull(project.deletedAt)))
    .prepare('api_keys_by_hash'),
);

const verify = createKeyVerifier(
  { ...KEY_LOOK, table: apiKey },
  (db) => (hashes) => keysByHash(db).execute({ hashes: [...hashes] }),
);

/** The project behind an `Authorization: Bearer sk_…` header. @throws `api_key_missing`, `api_key_invalid`. */
export async function verifyApiKey(
  ctx: { db: Db; now: () => Date },
  authorization: string | undefined,
): Promise<VerifiedKey> {
  const { key, project: of, plan, limits } = await verify(ctx, authorization);
  return { actor: actorOf(key), project: of, plan: plan && heldPlan(plan, limits) };
}
