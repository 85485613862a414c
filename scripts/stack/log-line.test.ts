import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { readLogLine } from './log-line.ts';
import { root } from './root.ts';

const line = (entry: object): string => JSON.stringify(entry);

test('a warning is told in one line, with its cause and its request', () => {
  const entry = {
    level: 'error',
    msg: 'upload failed',
    err: { message: 'disk is full\n    at write' },
    requestId: 'req_1',
  };
  expect(readLogLine(line(entry))).toEqual({
    isWarning: true,
    isError: true,
    text: 'error upload failed: disk is full [req_1]',
  });
});

test('what is said twice is told once', () => {
  const entry = { level: 40, msg: 'disk is full', err: { message: 'disk is full' } };
  expect(readLogLine(line(entry))?.text).toBe('warn disk is full');
});

test('a request says what it was', () => {
  const entry = { level: 30, msg: 'request', method: 'GET', path: '/', status: 200, ms: 1.5 };
  expect(readLogLine(line(entry))).toEqual({
    isWarning: false,
    isError: false,
    text: 'info request GET / 200 1.5 ms',
  });
});

test.each(['plain text', '{ half', '[1]', '{"no":"level"}', ''])('%j is none of ours', (text) => {
  expect(readLogLine(text)).toBeUndefined();
});

test('it reads what the products write', () => {
  const script = `
    import { createLogger } from '@repo/foundation/telemetry';
    const log = createLogger({ service: 'slipway', level: 'info' });
    log.info({ role: 'all' }, 'started');
    log.warn({ check: 'slipway', err: new Error('no answer') }, 'a check failed');
    log.error({ err: new Error('disk is full'), requestId: 'req_1' }, 'upload failed');
  `;
  const args = ['--input-type=module', '--eval', script];
  const lines = execFileSync(process.execPath, args, { cwd: root, encoding: 'utf8' });
  expect(lines.trim().split('\n').map(readLogLine)).toEqual([
    { isWarning: false, isError: false, text: 'info started all' },
    { isWarning: true, isError: false, text: 'warn a check failed: no answer' },
    { isWarning: true, isError: true, text: 'error upload failed: disk is full [req_1]' },
  ]);
});
