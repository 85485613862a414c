import { ConfigError } from '@repo/foundation/config';
import { ensurePersonalOrganization } from '@repo/foundation/organization';
import type { PhotoestateRuntime } from './runtime.ts';

/**
 * A user with an organization. Run again with the same password, it keeps what is there; an account
 * that somebody else made is left alone.
 */
export async function seedUser(
  { auth, db }: Pick<PhotoestateRuntime, 'auth' | 'db'>,
  input: { email: string; password: string; name: string },
): Promise<{ email: string; organizationId: string }> {
  const { email, name } = input;
  const id = (await auth.createUser(input)) ?? (await auth.verifyPassword(input));
  if (id === null) {
    throw new ConfigError(
      `There is an account ${email} already, which this start did not make. Set SEED_DEMO_EMAIL to another address for the demo.`,
    );
  }
  return { email, organizationId: await ensurePersonalOrganization(db, { id, name }) };
}
