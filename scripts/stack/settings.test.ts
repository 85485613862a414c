import { isAbsolute } from 'node:path';
import { expect, test } from 'vitest';
import { addressHint, addressOf, readSettings } from './settings.ts';

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

test.each(['0.0.0.0', '::'])('who listens on %s is told which addresses are missing', (HOST) => {
  const hint = (source: Record<string, string>) =>
    addressHint(readSettings({ HOST, ...source }), source);
  expect(hint({})).toBe(
    `HOST is ${HOST}: people on other machines can sign in only with SLIPWAY_URL=http://<this machine>:3000 and PHOTOESTATE_URL=http://<this machine>:3001.`,
  );
  const SLIPWAY_URL = 'http://studio:3000';
  expect(hint({ SLIPWAY_URL })).toMatch(/ with PHOTOESTATE_URL=http:\/\/<this machine>:3001\.$/);
  expect(hint({ SLIPWAY_URL, PHOTOESTATE_URL: 'http://studio:3001' })).toBeUndefined();
});

test.each(['127.0.0.1', '::1', '192.168.1.5'])('%s needs no hint', (HOST) => {
  expect(addressHint(readSettings({ HOST }), {})).toBeUndefined();
});

test('a Slipway without its API wants to know where there is one', () => {
  const SLIPWAY_ROLE = 'worker';
  expect(() => readSettings({ SLIPWAY_ROLE })).toThrow(/^SLIPWAY_ROLE=worker .* set SLIPWAY_URL/);
  expect(() => readSettings({ SLIPWAY_ROLE, SLIPWAY_URL: 'http://api:3000' })).not.toThrow();
});
