import { expect, test } from 'vitest';
import { socialKeys } from './index.ts';

test('a provider is offered when both of its variables are set, and not with one', () => {
  const env = { GOOGLE_CLIENT_ID: 'a', GOOGLE_CLIENT_SECRET: 'b', GITHUB_CLIENT_ID: 'c' };
  expect(socialKeys(env)).toEqual({ google: { clientId: 'a', clientSecret: 'b' } });
  expect(socialKeys({})).toEqual({});
});
