import { expect, test } from 'vitest';
import { maskSecrets } from './mask-secrets.ts';

test.each([
  [`GET /api/files/sk_live_${'a1'.repeat(16)}/url`, 'GET /api/files/sk_live_[masked]/url'],
  [`"sk_test_${'Zz'.repeat(16)}" is no id`, '"sk_test_[masked]" is no id'],
  ['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', 'whsec_[masked]'],
  ['expected sk_live_ and 32 characters', 'expected sk_live_ and 32 characters'],
  ['Authorization: Bearer sk_live_…', 'Authorization: Bearer sk_live_…'],
])('%s', (text, masked) => {
  expect(maskSecrets(text)).toBe(masked);
});
