/** First boot: the tables, and a demo user when a password is given. Prints one line of JSON. */
import { loadEnv } from '@repo/foundation/config';
import { runSeed } from '@repo/foundation/process';
import { createRuntime, PhotoestateEnv } from '@repo/photoestate';
import { seedUser } from '@repo/photoestate/seed';

await runSeed(async () => {
  const env = loadEnv(PhotoestateEnv, { ...process.env, LOG_LEVEL: 'silent' });
  const email = process.env['SEED_DEMO_EMAIL'] || 'demo@photoestate.local';
  const password = process.env['SEED_DEMO_PASSWORD'];
  const runtime = await createRuntime(env);
  try {
    if (password === undefined) return {};
    return { demo: await seedUser(runtime, { email, password, name: 'Demo' }) };
  } finally {
    await runtime.close();
  }
});
