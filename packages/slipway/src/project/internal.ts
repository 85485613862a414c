import { createHash } from 'node:crypto';
import type { Tx } from '@repo/foundation/db';
import { AppError } from '@repo/foundation/errors';
import { requireMember } from '@repo/foundation/organization';
import { and, eq, isNull } from 'drizzle-orm';
import type { SlipwayContext } from '../context.ts';
import { slipwayError } from '../errors.ts';
import { type ProjectPermission, requireOfKey, requireOfRole } from '../permission.ts';
import type { ProjectRules, ProjectView } from './schema.ts';
import { type Project, project } from './table.ts';

function noSuchProject(projectId: string) {
  return slipwayError('not_found', `There is no project "${projectId}".`);
}

/**
 * The project, when the actor may do this in it: a member of its organization, its
 * own API key, or a job. Strangers get the answer of a project that does not exist.
 *
 * @throws `not_found`; `forbidden`, naming the permission, for a member or key without it.
 */
export async function requireProject(
  ctx: SlipwayContext,
  projectId: string,
  permission: ProjectPermission,
): Promise<Project> {
  const { actor } = ctx;
  if (actor.type === 'anonymous')
    throw slipwayError('unauthenticated', 'Sign in or send an API key first.');
  if (actor.type === 'api_key' && actor.ownerId !== projectId) throw noSuchProject(projectId);
  const found = ctx.project?.id === projectId ? ctx.project : await loadProject(ctx, projectId);
  if (found === undefined) throw noSuchProject(projectId);
  if (actor.type === 'user') {
    const role = await requireMember(ctx, found.organizationId).catch((error: unknown) => {
      throw error instanceof AppError && error.code === 'not_found'
        ? noSuchProject(projectId)
        : error;
    });
    requireOfRole(role, permission);
  }
  if (actor.type === 'api_key') requireOfKey(actor, permission);
  return found;
}

async function loadProject(ctx: SlipwayContext, projectId: string): Promise<Project | undefined> {
  const [row] = await ctx.db
    .select()
    .from(project)
    .where(and(eq(project.id, projectId), isNull(project.deletedAt)));
  return row;
}

/**
 * Lets changes to one project happen one after another, and answers as for a missing project when
 * an earlier one deleted it. To be called first in a transaction: under READ COMMITTED two of them
 * would otherwise each change what they saw before the other.
 */
export async function lockProject(tx: Tx, projectId: string): Promise<Project> {
  const [row] = await tx
    .select()
    .from(project)
    .where(and(eq(project.id, projectId), isNull(project.deletedAt)))
    .for('update');
  if (row === undefined) throw noSuchProject(projectId);
  return row;
}

/** Like `requireProject`, for changes to the project itself: signed-in members only. */
export async function requireProjectAsUser(
  ctx: SlipwayContext,
  projectId: string,
  permission: ProjectPermission,
): Promise<Project> {
  if (ctx.actor.type !== 'user') throw slipwayError('unauthenticated', 'Sign in first.');
  return requireProject(ctx, projectId, permission);
}

/** The same for the same rules, in whatever order the database keeps their names. */
export function rulesVersion(rules: ProjectRules): string {
  const sorted = Object.entries(rules).sort(([a], [b]) => (a < b ? -1 : 1));
  return createHash('sha256').update(JSON.stringify(sorted)).digest('hex').slice(0, 16);
}

export function projectView(row: Project): ProjectView {
  return {
    id: row.id,
    name: row.name,
    rules: row.rules,
    rulesVersion: rulesVersion(row.rules),
    createdAt: row.createdAt.toISOString(),
  };
}
