import { extname } from 'node:path';
import { AppError } from '@repo/foundation/errors';
import { randomToken } from '@repo/foundation/ids';
import { and, eq, isNull } from 'drizzle-orm';
import type { SlipwayContext } from '../context.ts';
import { slipwayError } from '../errors.ts';
import type { ProjectPermission } from '../permission.ts';
import { requireProject } from '../project/internal.ts';
import { type Project, project } from '../project/table.ts';
import { addressOf, hasAddress, latestPath } from './address.ts';
import type { FileView } from './schema.ts';
import { type FileRow, file } from './table.ts';
import { inActorsWorld } from './test-mode.ts';

/** The file, when it is the project's; the answer of a missing one otherwise. */
export async function getFileInProject(
  ctx: SlipwayContext,
  by: { projectId: string; id?: string | undefined; key?: string | undefined },
): Promise<FileRow> {
  const match = by.id === undefined ? hasAddress(by.key ?? '') : eq(file.id, by.id);
  const [row] = await ctx.db
    .select()
    .from(file)
    .where(and(match, eq(file.projectId, by.projectId), inActorsWorld(ctx.actor)));
  if (row === undefined) {
    throw slipwayError('not_found', `There is no file "${by.id ?? by.key ?? ''}" in this project.`);
  }
  return row;
}

/** The project of a file that is not the caller's to ask for: of the holder of its URL, or of a job. */
export async function projectOf(ctx: SlipwayContext, projectId: string): Promise<Project> {
  const [row] = await ctx.db
    .select()
    .from(project)
    .where(and(eq(project.id, projectId), isNull(project.deletedAt)));
  if (row === undefined) throw slipwayError('not_found', 'There is no such upload.');
  return row;
}

/** For the dashboard, which knows a file by its id alone: the file and its project, as far as the actor may see them. */
export async function requireFile(
  ctx: SlipwayContext,
  fileId: string,
  permission: ProjectPermission,
): Promise<{ row: FileRow; project: Project }> {
  const [row] = await ctx.db.select().from(file).where(eq(file.id, fileId));
  const missing = () => slipwayError('not_found', `There is no file "${fileId}".`);
  if (row === undefined) throw missing();
  const project = await requireProject(ctx, row.projectId, permission).catch((error: unknown) => {
    const isStranger = error instanceof AppError && [401, 404].includes(error.status);
    throw isStranger ? missing() : error;
  });
  return { row, project };
}

/**
 * `project/random.ext`: unguessable, and nothing in it comes from the client but a plain extension. The
 * project's rules may let it begin with a word of theirs.
 */
export function newObjectKey(projectId: string, name: string, prefix = ''): string {
  const extension = extname(name).slice(1).toLowerCase();
  const suffix = /^[0-9a-z]{1,10}$/.test(extension) ? `.${extension}` : '';
  return `${projectId}/${prefix === '' ? '' : `${prefix}-`}${randomToken(32)}${suffix}`;
}

/** Where a client sends to when the file's own key must not be in its hands. */
export const newIncomingKey = (projectId: string) => `${projectId}_in/${randomToken(32)}`;

/** Whether it has a lasting address: the stricter of the project's rules and its own word holds. */
export const isPublic = (row: Pick<FileRow, 'isPrivate'>, rules: Project['rules']) =>
  rules.visibility === 'public' && !row.isPrivate;

export function fileView(row: FileRow, options: { project: Project; filesUrl: string }): FileView {
  const { filesUrl } = options;
  const isOpen = isPublic(row, options.project.rules);
  const isServed = isOpen && row.status === 'ready';
  const latest = latestPath(row);
  return {
    id: row.id,
    key: addressOf(row),
    projectId: row.projectId,
    name: row.name,
    size: row.size,
    type: row.type,
    sha256: row.sha256,
    checksum: row.checksum,
    status: row.status,
    scan: row.scan,
    customId: row.customId,
    metadata: row.metadata,
    tags: row.tags,
    folder: row.folder,
    visibility: isOpen ? 'public' : 'private',
    route: row.route,
    uploader: row.uploader,
    test: row.isTest,
    replaces: row.replaces,
    replacedBy: row.replacedBy,
    latestUrl: isServed && latest !== null ? `${filesUrl}${latest}` : null,
    width: row.width,
    height: row.height,
    thumbhash: row.thumbhash,
    url: isServed ? `${filesUrl}/f/${addressOf(row)}` : null,
    createdAt: row.createdAt.toISOString(),
    readyAt: row.readyAt?.toISOString() ?? null,
    expiresAt: row.deleteAt?.toISOString() ?? null,
    confirmBy: row.confirmBy?.toISOString() ?? null,
    restorableUntil: row.trashedUntil?.toISOString() ?? null,
  };
}
