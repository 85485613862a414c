/**
 * First boot with embedded defaults: a demo workspace, and the project through
 * which PhotoEstate Pro stores its files. Prints one line of JSON.
 */
import { loadEnv } from '@repo/foundation/config';
import { createRuntime, SlipwayEnv } from '@repo/slipway';
import { seedWorkspace } from '@repo/slipway/seed';

const env = loadEnv(SlipwayEnv, { ...process.env, LOG_LEVEL: 'silent' });
const password = process.env['SEED_DEMO_PASSWORD'];
if (password === undefined) throw new Error('SEED_DEMO_PASSWORD is not set');
const runtime = await createRuntime(env);
try {
  const demo = await seedWorkspace(runtime, {
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
  process.stdout.write(
    `${JSON.stringify({ demo: { ...demo, password }, photoestate: { projectId, apiKey } })}\n`,
  );
} finally {
  await runtime.close();
}
