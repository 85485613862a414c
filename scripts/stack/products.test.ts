import { expect, test, vi } from 'vitest';
import { describeProducts } from './products.ts';
import { readSettings } from './settings.ts';

function slipwayEnv(source: Record<string, string>) {
  for (const name of [
    'SLIPWAY_URL',
    'ALLOW_PRIVATE_STORAGE',
    'ALLOW_PRIVATE_TARGETS',
    'ENCRYPTION_KEYS',
  ])
    vi.stubEnv(name, source[name] ?? '');
  try {
    return describeProducts({
      settings: readSettings(source),
      mode: 'production',
      database: {
        embedded: true,
        gone: new Promise<void>(() => undefined),
        url: () => 'postgres://127.0.0.1/x',
        stop: async () => undefined,
      },
      secrets: {
        slipwaySecret: 's',
        photoestateSecret: 'p',
        encryptionKeys: 'k:1',
        photoestateApiKey: undefined,
        firstBoot: undefined,
      },
      urls: { slipway: 'http://127.0.0.1:3000', photoestate: 'http://127.0.0.1:3001' },
    }).slipway.env;
  } finally {
    vi.unstubAllEnvs();
  }
}

test.each([
  [{}, 'true'],
  [{ HOST: '::1' }, 'true'],
  [{ HOST: '0.0.0.0' }, 'false'],
  [{ HOST: '192.168.1.5' }, 'false'],
  [{ SLIPWAY_URL: 'https://uploads.example.com' }, 'false'],
  [{ ALLOW_PRIVATE_STORAGE: 'false' }, 'false'],
  [{ HOST: '0.0.0.0', ALLOW_PRIVATE_STORAGE: 'true' }, 'true'],
])('with %j buckets on private addresses are allowed: %s', (source, expected) => {
  expect(slipwayEnv(source)['ALLOW_PRIVATE_STORAGE']).toBe(expected);
});

test.each([
  [{}, '127.0.0.0/8,::1/128'],
  [{ HOST: '0.0.0.0' }, 'none'],
  [{ HOST: '0.0.0.0', ALLOW_PRIVATE_TARGETS: '10.0.0.0/8' }, '10.0.0.0/8'],
  [{ ALLOW_PRIVATE_TARGETS: 'none' }, 'none'],
])('with %j webhooks may reach inside: %s', (source, expected) => {
  expect(slipwayEnv(source)['ALLOW_PRIVATE_TARGETS']).toBe(expected);
});

test('the key that seals credentials is the kept one, unless one is given', () => {
  expect(slipwayEnv({})['ENCRYPTION_KEYS']).toBe('k:1');
  expect(slipwayEnv({ ENCRYPTION_KEYS: 'k2:2,k:1' })['ENCRYPTION_KEYS']).toBe('k2:2,k:1');
});
