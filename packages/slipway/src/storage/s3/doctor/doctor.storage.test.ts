import { expect, test } from 'vitest';
import { openServerUnderTest } from '../../testing/server-under-test.ts';
import type { S3Options } from '../client.ts';
import { runDoctor } from './run-doctor.ts';

const { name, options, capabilities, server } = await openServerUnderTest();

const examine = (change: Partial<S3Options> = {}) =>
  runDoctor({ ...options, ...change }, { origin: 'https://app.example.com', mend: true });

/** Of a server that does not look at signatures nobody can say that a key is wrong. */
const wrongKeyIs = server.signatures ? ['credentials'] : [];

test(`the doctor finds out the same of ${name} as probing does, and leaves nothing`, async () => {
  const report = await examine();
  expect(report.capabilities).toEqual(capabilities);
  const outcomes = Object.fromEntries(report.checks.map(({ id, outcome }) => [id, outcome]));
  const ok = ['reach', 'tls', 'clock', 'credentials', 'region', 'addressing', 'bucket', 'list'];
  for (const id of [...ok, 'put', 'missing', 'delete', 'copy', 'range'])
    expect(outcomes[id], id).toBe('ok');
  expect(outcomes['multipart']).toBe(capabilities.multipart ? 'ok' : 'warning');
  expect(outcomes['forged_url']).toBe(server.signatures ? 'ok' : 'problem');
});

test.each<[string, Partial<S3Options>, string[]]>([
  ['a key that it does not know', { accessKeyId: 'nobody' }, wrongKeyIs],
  ['a wrong secret', { secretAccessKey: 'wrong' }, wrongKeyIs],
  ['a bucket that is not there', { bucket: 'there-is-none' }, ['bucket']],
])(`the doctor names %s at ${name}`, async (_, change, expected) => {
  const report = await examine(change);
  const reach = ['credentials', 'region', 'addressing', 'bucket', 'list'];
  const wrong = report.checks.filter(
    ({ id, outcome }) => outcome === 'problem' && reach.includes(id),
  );
  expect(wrong.map(({ id }) => id)).toEqual(expected);
});
