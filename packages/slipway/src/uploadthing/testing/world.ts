import { randomBytes } from 'node:crypto';
import type { ProjectRules } from '../../project/schema.ts';
import type { TestTenant } from '../../testing/index.ts';
import { type ServedSlipway, serveTestSlipway } from '../../testing/serve.ts';
import { createUploadthingKey, type ShownToken } from '../create-key.ts';

export interface UploadthingProject {
  tenant: TestTenant;
  projectId: string;
  variables: ShownToken['variables'];
  keyId: string;
  /** The key in its token. */
  apiKey: string;
}

/** Slipway with its jobs at work, whose callbacks may reach this machine. */
export async function serveForApps(env: Record<string, string> = {}): Promise<ServedSlipway> {
  const slipway = await serveTestSlipway({
    ENCRYPTION_KEYS: `k1:${randomBytes(32).toString('hex')}`,
    ALLOW_PRIVATE_TARGETS: '127.0.0.0/8,::1/128',
    ...env,
  });
  const { runtime } = slipway;
  await runtime.queue.work((job) =>
    runtime.context({ actor: { type: 'system', job: job.name }, requestId: job.id, ip: null }),
  );
  return slipway;
}

export async function uploadthingProject(
  slipway: ServedSlipway,
  rules: Partial<ProjectRules> = { visibility: 'public' },
): Promise<UploadthingProject> {
  const tenant = await slipway.tenant();
  const { id: projectId } = await slipway.project(tenant, rules);
  const { id: keyId, variables } = await createUploadthingKey(tenant.ctx, { projectId });
  const { apiKey } = JSON.parse(Buffer.from(variables.UPLOADTHING_TOKEN, 'base64').toString());
  return { tenant, projectId, variables, keyId, apiKey };
}
