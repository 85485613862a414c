import { DrizzleQueryError } from 'drizzle-orm/errors';
import { pino } from 'pino';
import { expect, test } from 'vitest';
import { type Logger, loggerOptions } from './index.ts';

function logged(write: (log: Logger) => void): string {
  let text = '';
  write(
    pino(loggerOptions({ service: 'test', level: 'info' }), {
      write: (line) => {
        text += line;
      },
    }),
  );
  return text;
}

test('a failed query is logged without the values that it was given', () => {
  const database = Object.assign(new Error('duplicate key value violates unique constraint'), {
    code: '23505',
    detail: 'Key (email)=(ann@example.com) already exists.',
  });
  const error = new DrizzleQueryError('insert into account values ($1)', ['scrypt-hash'], database);
  const text = logged((log) =>
    log.error({ err: new Error('sign-up failed', { cause: error }) }, 'failed'),
  );
  expect(text).toContain('insert into account values ($1)');
  expect(text).toContain('23505');
  expect(text).toContain('telemetry.test.ts');
  expect(text).not.toContain('scrypt-hash');
  expect(text).not.toContain('ann@example.com');
});

test('secrets are masked wherever they are logged by name', () => {
  const text = logged((log) =>
    log.info({ user: { password: 'hunter2' }, headers: { authorization: 'Bearer sk_live_x' } }),
  );
  expect(text).not.toContain('hunter2');
  expect(text).not.toContain('sk_live_x');
});
