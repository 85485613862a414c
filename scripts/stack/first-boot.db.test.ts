import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTestDatabase } from '@repo/foundation/testing';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { openSecrets, type Secrets } from './data-folder.ts';
import { firstBoot } from './first-boot.ts';
import { describeProducts } from './products.ts';
import { readSettings } from './settings.ts';

let databases: Readonly<Record<string, string>>;
const cleanups: (() => Promise<void> | void)[] = [];

beforeEach(async () => {
  const slipway = await createTestDatabase();
  const photoestate = await createTestDatabase();
  databases = { slipway: slipway.url, photoestate: photoestate.url };
  cleanups.push(slipway.drop, photoestate.drop);
  const names = ['SLIPWAY_SECRET', 'PHOTOESTATE_SECRET', 'ENCRYPTION_KEYS', 'SLIPWAY_API_KEY'];
  for (const name of names) vi.stubEnv(name, '');
});

afterEach(async () => {
  vi.unstubAllEnvs();
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

/** One machine: a data folder of its own, and the database that all share. */
function machine(): { dataDir: string; boot: () => Promise<Secrets> } {
  const dataDir = mkdtempSync(join(tmpdir(), 'first-boot-'));
  cleanups.push(() => rmSync(dataDir, { recursive: true, force: true }));
  const settings = { ...readSettings({}), dataDir };
  const urls = { slipway: 'http://127.0.0.1:3000', photoestate: 'http://127.0.0.1:3001' };
  const database = {
    embedded: false,
    gone: new Promise<void>(() => undefined),
    url: (name: string) => databases[name] ?? '',
    stop: async () => undefined,
  };
  return {
    dataDir,
    boot() {
      const secrets = openSecrets(dataDir, false);
      const parts = { settings, mode: 'development' as const, database, secrets, urls };
      const { signal } = new AbortController();
      return firstBoot({
        ...describeProducts(parts),
        mode: 'development',
        dataDir,
        secrets,
        withDemo: false,
        signal,
      });
    },
  };
}

test('a second machine never cuts off the first one: it is told what to set, and then joins', async () => {
  const first = await machine().boot();
  const second = machine();
  await expect(second.boot()).rejects.toThrow(
    /^This database holds .* Set SLIPWAY_SECRET, PHOTOESTATE_SECRET, ENCRYPTION_KEYS and SLIPWAY_API_KEY .*\.$/,
  );
  vi.stubEnv('SLIPWAY_API_KEY', first.photoestateApiKey);
  await expect(second.boot()).rejects.toThrow(
    'set SLIPWAY_SECRET, PHOTOESTATE_SECRET and ENCRYPTION_KEYS as well, to the same as where the key is from.',
  );
  vi.stubEnv('SLIPWAY_SECRET', first.slipwaySecret);
  vi.stubEnv('PHOTOESTATE_SECRET', first.photoestateSecret);
  vi.stubEnv('ENCRYPTION_KEYS', first.encryptionKeys);
  expect(await second.boot()).toEqual(first);
  expect(openSecrets(second.dataDir, false)).toEqual(first);
}, 60_000);

test('a first boot that died half-way is repeated with the same key', async () => {
  const { dataDir, boot } = machine();
  const url = databases['photoestate'] ?? '';
  databases = { ...databases, photoestate: 'postgres://127.0.0.1:1/nowhere' };
  await expect(boot()).rejects.toThrow('could not set up its database');
  const kept = JSON.parse(readFileSync(join(dataDir, 'secrets.json'), 'utf8'));
  expect(kept.photoestateApiKey).toBeUndefined();
  databases = { ...databases, photoestate: url };
  const secrets = await boot();
  expect(secrets.photoestateApiKey).toBe(kept.firstBoot.photoestateApiKey);
  expect(openSecrets(dataDir, false)).toEqual(secrets);
}, 60_000);
