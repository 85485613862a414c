import { expect, test } from 'vitest';
import { readLogLine } from './log-line.ts';

const line = (entry: object): string => JSON.stringify(entry);

test('a warning is told in one line, with its cause and its request', () => {
  const entry = {
    level: 50,
    msg: 'upload failed',
    err: { message: 'disk is full\n    at write' },
    requestId: 'req_1',
  };
  expect(readLogLine(line(entry))).toEqual({
    level: 50,
    isWarning: true,
    text: 'error upload failed: disk is full [req_1]',
  });
});

test('what is said twice is told once', () => {
  const entry = { level: 40, msg: 'disk is full', err: { message: 'disk is full' } };
  expect(readLogLine(line(entry))?.text).toBe('warn disk is full');
});

test.each(['plain text', '{ half', '[1]', '{"no":"level"}', ''])('%j is none of ours', (text) => {
  expect(readLogLine(text)).toBeUndefined();
});
