import { user } from '@repo/foundation/auth';
import { ensurePersonalOrganization } from '@repo/foundation/organization';
import { eq } from 'drizzle-orm';
import { replaceApiKey } from '../api-key/index.ts';
import { createProject, listProjects } from '../project/index.ts';
import type { SlipwayRuntime } from '../runtime.ts';

export interface Workspace {
  email: string;
  projectId: string;
  /** A new one each time: only hashes are kept. */
  apiKey: string;
}

/** A user with an organization, a project and a fresh key. Run again, it keeps what is there. */
export async function seedWorkspace(
  runtime: SlipwayRuntime,
  input: { email: string; password: string; name: string; projectName: string },
): Promise<Workspace> {
  const { email, password, name, projectName } = input;
  await runtime.auth.createUser({ email, password, name });
  const [owner] = await runtime.db.select().from(user).where(eq(user.email, email));
  if (owner === undefined) throw new Error(`the user ${email} was not made`);
  const organizationId = await ensurePersonalOrganization(runtime.db, owner);
  const ctx = runtime.context({
    actor: { type: 'user', userId: owner.id, email },
    requestId: 'seed',
    ip: null,
  });
  const existing = (await listProjects(ctx, organizationId)).find(
    (project) => project.name === projectName,
  );
  if (existing !== undefined) {
    const { key } = await replaceApiKey(ctx, existing.id);
    return { email, projectId: existing.id, apiKey: key };
  }
  const { project, key } = await createProject(ctx, { organizationId, name: projectName });
  return { email, projectId: project.id, apiKey: key };
}
