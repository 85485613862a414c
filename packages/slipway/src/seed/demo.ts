import { ConfigError } from '@repo/foundation/config';
import { ensurePersonalOrganization } from '@repo/foundation/organization';
import type { SlipwayRuntime } from '../runtime.ts';
import { ensureProject } from './ensure-project.ts';

export interface DemoWorkspace {
  email: string;
  projectId: string;
}

/**
 * A demo user with an organization, a project and a key. Run again with the same password, it keeps
 * what is there; an account that somebody else made is left alone.
 */
export async function seedDemo(
  runtime: SlipwayRuntime,
  input: { email: string; password: string; key: string },
): Promise<DemoWorkspace> {
  const { auth, db } = runtime;
  const { email, password, key } = input;
  const name = 'Demo';
  const userId =
    (await auth.createUser({ email, password, name })) ??
    (await auth.verifyPassword({ email, password }));
  if (userId === null) {
    throw new ConfigError(
      `There is an account ${email} already, which this start did not make. Set SEED_DEMO_EMAIL to another address for the demo.`,
    );
  }
  const organizationId = await ensurePersonalOrganization(db, { id: userId, name });
  const ctx = runtime.context({
    actor: { type: 'user', userId, email },
    requestId: 'seed',
    ip: null,
  });
  const projectId = await ensureProject(ctx, {
    organizationId,
    name: 'Demo project',
    key,
    refusal: `The demo project of ${email} has another key than SEED_DEMO_API_KEY.`,
  });
  return { email, projectId };
}
