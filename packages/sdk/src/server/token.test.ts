import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { deriveTokenKey, signToken, type TokenClaims, verifyToken } from './token.ts';

const claims = (change: Partial<TokenClaims> = {}): TokenClaims => ({
  id: 'file_1',
  route: 'avatar',
  name: 'a.png',
  metadata: { userId: 'anna', name: 'Žofie 📷' },
  input: { album: 3 },
  expires: Date.now() + 1000,
  ...change,
});

describe('upload tokens', () => {
  test('carry their claims', async () => {
    const key = await deriveTokenKey('sk_live_a');
    const given = claims();
    expect(await verifyToken(key, await signToken(key, given))).toEqual(given);
  });

  test('expire', async () => {
    const key = await deriveTokenKey('sk_live_a');
    expect(await verifyToken(key, await signToken(key, claims({ expires: Date.now() - 1 })))).toBe(
      'token_expired',
    );
  });

  test('of another key are not believed', async () => {
    const token = await signToken(await deriveTokenKey('sk_live_b'), claims());
    expect(await verifyToken(await deriveTokenKey('sk_live_a'), token)).toBe('token_invalid');
  });

  test('are not signed with the API key itself', async () => {
    const raw = await crypto.subtle.importKey(
      'raw',
      new TextEncoder().encode('sk_live_a'),
      { name: 'HMAC', hash: 'SHA-256' },
      false,
      ['sign', 'verify'],
    );
    expect(
      await verifyToken(await deriveTokenKey('sk_live_a'), await signToken(raw, claims())),
    ).toBe('token_invalid');
  });

  test('cannot have their claims swapped', async () => {
    const key = await deriveTokenKey('sk_live_a');
    const mine = await signToken(key, claims());
    const other = await signToken(key, claims({ metadata: { userId: 'boss' } }));
    const forged = `${other.split('.')[0]}.${mine.split('.')[1]}`;
    expect(await verifyToken(key, forged)).toBe('token_invalid');
  });

  test('with any character changed are not believed', async () => {
    const key = await deriveTokenKey('sk_live_a');
    const token = await signToken(key, claims());
    await fc.assert(
      fc.asyncProperty(
        fc.nat(token.length - 2),
        fc.constantFrom('A', 'z', '0', '.', '-', '='),
        async (index, char) => {
          fc.pre(token[index] !== char);
          const changed = token.slice(0, index) + char + token.slice(index + 1);
          expect(await verifyToken(key, changed)).toBe('token_invalid');
        },
      ),
    );
  });

  test.each(['', '.', 'a.b', 'a.b.c', '💣.💣', 'null.AAAA'])(
    'made of rubbish are not believed: %s',
    async (token) => {
      expect(await verifyToken(await deriveTokenKey('sk_live_a'), token)).toBe('token_invalid');
    },
  );
});
