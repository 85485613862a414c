import { expect, test } from 'vitest';
import { z } from 'zod';
import { defineJob, handleJob, verifyBindings } from './index.ts';

const sweep = defineJob({ name: 'sweep', payload: z.object({ id: z.string() }) });
const bind = () => handleJob(sweep, async () => async () => {});

test('one handler for each job is accepted', () => {
  expect(() => verifyBindings([sweep], [bind()])).not.toThrow();
});

test('a job without a handler ends the boot', () => {
  expect(() => verifyBindings([sweep], [])).toThrow('job "sweep" has no handler');
});

test('a job with two handlers ends the boot', () => {
  expect(() => verifyBindings([sweep], [bind(), bind()])).toThrow('job "sweep" has 2 handlers');
});

test('a handler of an unknown job ends the boot', () => {
  expect(() => verifyBindings([], [bind()])).toThrow('no known job');
});

test('a payload that does not fit the schema never reaches the handler', async () => {
  const calls: unknown[] = [];
  const binding = handleJob(sweep, async () => async (_ctx, payload) => {
    calls.push(payload);
  });
  const run = { jobId: '1', attempt: 0, lastAttempt: false, signal: new AbortController().signal };
  const handler = await binding.load();
  await expect(handler({}, { id: 7 }, run)).rejects.toThrow();
  await handler({}, { id: 'file_1' }, run);
  expect(calls).toEqual([{ id: 'file_1' }]);
});
