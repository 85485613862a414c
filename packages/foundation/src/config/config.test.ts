import { expect, test } from 'vitest';
import { z } from 'zod';
import { ConfigError, loadEnv, port, secret } from './index.ts';

const schema = z.object({ PORT: port.default(3000), SECRET: secret, NAME: z.string().optional() });

test('defaults fill in and an empty string counts as unset', () => {
  expect(loadEnv(schema, { SECRET: 'x'.repeat(32), PORT: '', NAME: '' })).toEqual({
    PORT: 3000,
    SECRET: 'x'.repeat(32),
  });
});

test('every wrong variable is listed at once, without its value', () => {
  try {
    loadEnv(schema, { PORT: '70000', SECRET: 'short-secret' });
    expect.unreachable();
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigError);
    const { message } = error as ConfigError;
    expect(message.split('\n')).toHaveLength(2);
    expect(message).toContain('PORT is wrong: expected a port number');
    expect(message).toContain('SECRET is wrong');
    expect(message).not.toContain('short-secret');
  }
});
