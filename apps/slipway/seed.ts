/**
 * First boot: the project through which PhotoEstate Pro stores its files, and a
 * demo workspace when a password for it is given. Prints one line of JSON.
 */
import { ConfigError, loadEnv } from '@repo/foundation/config';
import { runSeed } from '@repo/foundation/process';
import { createRuntime, SlipwayEnv, type SlipwayRuntime } from '@repo/slipway';
import { type DemoWorkspace, SeedEnv, seedDemo, seedPhotoestate } from '@repo/slipway/seed';

async function demoFor(runtime: SlipwayRuntime, env: SeedEnv): Promise<DemoWorkspace | undefined> {
  const { SEED_DEMO_EMAIL: email, SEED_DEMO_PASSWORD: password, SEED_DEMO_API_KEY: key } = env;
  if (password === undefined) return undefined;
  if (key === undefined) throw new ConfigError('SEED_DEMO_API_KEY is not set');
  return seedDemo(runtime, { email, password, key });
}

await runSeed(async () => {
  const env = loadEnv(SlipwayEnv, { ...process.env, LOG_LEVEL: 'silent' });
  const wish = loadEnv(SeedEnv, process.env);
  const runtime = await createRuntime(env);
  try {
    const photoestate = await seedPhotoestate(runtime, { key: wish.SLIPWAY_API_KEY });
    return { photoestate, demo: await demoFor(runtime, wish) };
  } finally {
    await runtime.close();
  }
});
