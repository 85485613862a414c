/** First boot: the tables, and a demo user when a password is given. Prints one line of JSON. */
import { loadEnv } from '@repo/foundation/config';
import { createRuntime, PhotoestateEnv } from '@repo/photoestate';
import { seedUser } from '@repo/photoestate/seed';

const env = loadEnv(PhotoestateEnv, { ...process.env, LOG_LEVEL: 'silent' });
const password = process.env['SEED_DEMO_PASSWORD'];
const runtime = await createRuntime(env);
try {
  const demo =
    password === undefined
      ? undefined
      : await seedUser(runtime, {
          email: process.env['SEED_DEMO_EMAIL'] ?? 'demo@photoestate.local',
          password,
          name: 'Demo',
        });
  process.stdout.write(`${JSON.stringify({ demo })}\n`);
} finally {
  await runtime.close();
}
