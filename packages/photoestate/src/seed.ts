import { user } from '@repo/foundation/auth';
import { ensurePersonalOrganization } from '@repo/foundation/organization';
import { eq } from 'drizzle-orm';
import type { PhotoestateRuntime } from './runtime.ts';

/** A user with an organization. Run again, it keeps what is there. */
export async function seedUser(
  runtime: PhotoestateRuntime,
  input: { email: string; password: string; name: string },
): Promise<{ email: string; organizationId: string }> {
  await runtime.auth.createUser(input);
  const [owner] = await runtime.db.select().from(user).where(eq(user.email, input.email));
  if (owner === undefined) throw new Error(`the user ${input.email} was not made`);
  return {
    email: input.email,
    organizationId: await ensurePersonalOrganization(runtime.db, owner),
  };
}
