import { organization } from '@repo/foundation/organization';
import type { SlipwayRuntime } from '../runtime.ts';
import { ensureProject } from './ensure-project.ts';

/** No id of ours is this short, so nobody's organization is ever taken for it. */
const ORGANIZATION_ID = 'org_photoestate';

const REFUSAL =
  'This database holds PhotoEstate Pro’s project already, and the key to it is not the one known here. ' +
  'Set SLIPWAY_SECRET, PHOTOESTATE_SECRET, ENCRYPTION_KEYS and SLIPWAY_API_KEY to those of the machine that made it ' +
  '(its variables, or secrets.json in its DATA_DIR).';

/**
 * The project through which PhotoEstate Pro stores its files. Its organization has no members:
 * there is no account that somebody could sign up for first, or sign in to, and so own the photos.
 */
export async function seedPhotoestate(
  runtime: SlipwayRuntime,
  { key }: { key: string },
): Promise<{ projectId: string }> {
  const ctx = runtime.context({
    actor: { type: 'system', job: 'seed' },
    requestId: 'seed',
    ip: null,
  });
  await runtime.db
    .insert(organization)
    .values({ id: ORGANIZATION_ID, name: 'PhotoEstate Pro' })
    .onConflictDoNothing();
  const wish = { organizationId: ORGANIZATION_ID, name: 'PhotoEstate Pro photos', key };
  return { projectId: await ensureProject(ctx, { ...wish, refusal: REFUSAL }) };
}
