/**
 * First boot: the project through which PhotoEstate Pro stores its files, and a
 * demo workspace when a password for it is given. Prints one line of JSON.
 */
import { loadEnv } from '@repo/foundation/config';
import { createRuntime, SlipwayEnv } from '@repo/slipway';
import { seedWorkspace } from '@repo/slipway/seed';

const env = loadEnv(SlipwayEnv, { ...process.env, LOG_LEVEL: 'silent' });
const password = process.env['SEED_DEMO_PASSWORD'];
const runtime = await createRuntime(env);
try {
  const demo =
    password === undefined
      ? undefined
      : await seedWorkspace(runtime, {
          email: process.env['SEED_DEMO_EMAIL'] ?? 'demo@slipway.local',
          password,
          name: 'Demo',
          projectName: 'Demo project',
        });
  const photoestate = await seedWorkspace(runtime, {
    email: 'photoestate@slipway.local',
    password: process.env['SEED_SERVICE_PASSWORD'] ?? crypto.randomUUID() + crypto.randomUUID(),
    name: 'PhotoEstate Pro',
    projectName: 'PhotoEstate Pro photos',
  });
  const { projectId, apiKey } = photoestate;
  process.stdout.write(`${JSON.stringify({ demo, photoestate: { projectId, apiKey } })}\n`);
} finally {
  await runtime.close();
}
