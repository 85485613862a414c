import { isAbsolute } from 'node:path';
import { expect, test } from 'vitest';
import { addressOf, readSettings } from './settings.ts';

test('nothing set means the documented defaults', () => {
  const settings = readSettings({});
  expect(settings).toMatchObject({ host: '127.0.0.1', slipwayPort: 3000, photoestatePort: 3001 });
  expect(settings.databaseUrl).toBeUndefined();
  expect(isAbsolute(settings.dataDir)).toBe(true);
  expect(readSettings({ SLIPWAY_PORT: '', DATABASE_URL: '' })).toEqual(settings);
});

test('every wrong variable is named at once', () => {
  const source = {
    SLIPWAY_PORT: '0',
    PHOTOESTATE_PORT: '1e3',
    HOST: 'http://x',
    DATABASE_URL: 'localhost',
  };
  expect(() => readSettings(source)).toThrow(
    /^SLIPWAY_PORT .*"0"\nPHOTOESTATE_PORT .*"1e3"\nHOST .*\nDATABASE_URL .*$/,
  );
  expect(() => readSettings({ SLIPWAY_PORT: '4000', PHOTOESTATE_PORT: '4000' })).toThrow('differ');
});

test.each([
  ['127.0.0.1', 'http://127.0.0.1:80'],
  ['0.0.0.0', 'http://localhost:80'],
  ['::', 'http://localhost:80'],
  ['::1', 'http://[::1]:80'],
  ['photos.example.com', 'http://photos.example.com:80'],
])('who listens on %s is reached at %s', (host, address) => {
  expect(addressOf(host, 80)).toBe(address);
});
