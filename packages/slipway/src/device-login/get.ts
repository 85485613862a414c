import { member, organization, requireUser } from '@repo/foundation/organization';
import { and, asc, eq, inArray, isNull } from 'drizzle-orm';
import type { SlipwayContext } from '../context.ts';
import { ROLE_PERMISSIONS } from '../permission.ts';
import { project } from '../project/table.ts';
import { shownCode, withWaiting } from './internal.ts';
import { DeviceLoginCode } from './schema.ts';

export interface DeviceLoginView {
  userCode: string;
  clientName: string;
  /** From where it asked. */
  ip: string | null;
  createdAt: Date;
  expiresAt: Date;
  /** In which the signed-in person may make keys. */
  projects: { id: string; name: string; organizationName: string }[];
}

/** Who asks to be let in, for the person that holds its code. */
export async function getDeviceLogin(
  ctx: SlipwayContext,
  input: DeviceLoginCode,
): Promise<DeviceLoginView> {
  const userId = requireUser(ctx);
  const { userCode } = DeviceLoginCode.parse(input);
  const row = await withWaiting(ctx, { userCode, userId }, async (_tx, found) => found);
  const { clientName, ip, createdAt, expiresAt } = row;
  const projects = await projectsOf(ctx, userId);
  return { userCode: shownCode(userCode), clientName, ip, createdAt, expiresAt, projects };
}

type Role = keyof typeof ROLE_PERMISSIONS;
const MAKERS = (Object.keys(ROLE_PERMISSIONS) as Role[]).filter((role) =>
  ROLE_PERMISSIONS[role].includes('key.manage'),
);

function projectsOf(ctx: SlipwayContext, userId: string) {
  return ctx.db
    .select({ id: project.id, name: project.name, organizationName: organization.name })
    .from(project)
    .innerJoin(member, eq(member.organizationId, project.organizationId))
    .innerJoin(organization, eq(organization.id, project.organizationId))
    .where(and(eq(member.userId, userId), inArray(member.role, MAKERS), isNull(project.deletedAt)))
    .orderBy(asc(organization.name), asc(project.name), asc(project.id));
}
