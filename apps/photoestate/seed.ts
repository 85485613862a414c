/** First boot with embedded defaults: a demo user. Prints one line of JSON. */
import { loadEnv } from '@repo/foundation/config';
import { createRuntime, PhotoestateEnv } from '@repo/photoestate';
import { seedUser } from '@repo/photoestate/seed';

const env = loadEnv(PhotoestateEnv, { ...process.env, LOG_LEVEL: 'silent' });
const password = process.env['SEED_DEMO_PASSWORD'];
if (password === undefined) throw new Error('SEED_DEMO_PASSWORD is not set');
const runtime = await createRuntime(env);
try {
  const { email } = await seedUser(runtime, {
    email: process.env['SEED_DEMO_EMAIL'] ?? 'demo@photoestate.local',
    password,
    name: 'Demo',
  });
  process.stdout.write(`${JSON.stringify({ demo: { email, password } })}\n`);
} finally {
  await runtime.close();
}
