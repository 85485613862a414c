import { createCipheriv, randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { loadEnv } from '../config/index.ts';
import { type KeyRing, keyRing } from './key-ring.ts';
import { SealError, type Sealed, seal, unseal } from './seal.ts';

const hex = () => randomBytes(32).toString('hex');
const ringOf = (text: string): KeyRing => keyRing.parse(text);
const Env = z.object({ ENCRYPTION_KEYS: keyRing });

const [first, second] = [hex(), hex()];
const ring = ringOf(`a:${first}`);
const text = JSON.stringify({ accessKeyId: 'AKIA', secretAccessKey: 'wJalrXUtnFEMI/bPxRfiCYéß' });
const boundTo = 'sto_1';
const asSealed = (written: string) => written as unknown as Sealed;

test('what was sealed is opened again, and shows nothing', () => {
  const sealed = seal(ring, { text, boundTo });
  expect(sealed).toMatch(/^v1\.a\.[\w-]{16}\.[\w-]+$/);
  expect(unseal(ring, { sealed, boundTo })).toBe(text);
  const bytes = Buffer.from(String(sealed).split('.')[3] ?? '', 'base64url').toString('latin1');
  for (const secret of ['AKIA', 'wJalr', 'secretAccessKey']) expect(bytes).not.toContain(secret);
});

test('the same text is sealed differently each time', () => {
  const sealed = Array.from({ length: 1000 }, () => seal(ring, { text, boundTo }));
  const ivs = new Set(sealed.map((one) => String(one).split('.')[2]));
  expect(ivs.size).toBe(1000);
});

test('every single character that is changed, left out or added is noticed', () => {
  const sealed = String(seal(ring, { text: 'secret', boundTo }));
  const opened = (changed: string) => () => unseal(ring, { sealed: asSealed(changed), boundTo });
  for (let index = 0; index < sealed.length; index += 1) {
    const other = sealed[index] === 'A' ? 'B' : 'A';
    expect(opened(sealed.slice(0, index) + other + sealed.slice(index + 1))).toThrow(SealError);
    expect(opened(sealed.slice(0, index) + sealed.slice(index + 1))).toThrow(SealError);
  }
  for (const added of ['A', '.', '=', '\n']) expect(opened(sealed + added)).toThrow(SealError);
  for (const cut of ['', 'v1', 'v1.a', 'v1.a.b', 'v1...', 'v2.a.b.c'])
    expect(opened(cut)).toThrow(SealError);
});

test('a shorter tag, which would be easier to guess, is no tag', () => {
  const iv = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', ring[0].key, iv, { authTagLength: 4 });
  cipher.setAAD(Buffer.from(boundTo));
  const body = Buffer.concat([cipher.update('x'.repeat(30)), cipher.final(), cipher.getAuthTag()]);
  const sealed = ['v1', 'a', iv.toString('base64url'), body.toString('base64url')].join('.');
  expect(() => unseal(ring, { sealed: asSealed(sealed), boundTo })).toThrow(SealError);
});

test('moved to another row it cannot be opened', () => {
  const sealed = seal(ring, { text, boundTo });
  expect(() => unseal(ring, { sealed, boundTo: 'sto_2' })).toThrow('moved');
});

test('another key of the same id does not open it, nor does a ring without its key', () => {
  const sealed = seal(ring, { text, boundTo });
  expect(() => unseal(ringOf(`a:${second}`), { sealed, boundTo })).toThrow(SealError);
  expect(() => unseal(ringOf(`b:${first}`), { sealed, boundTo })).toThrow('no key "a"');
});

test('the newest key seals, older ones still open', () => {
  const old = seal(ring, { text, boundTo });
  const both = ringOf(`b:${second}, a:${first}`);
  expect(unseal(both, { sealed: old, boundTo })).toBe(text);
  const fresh = seal(both, { text, boundTo });
  expect(fresh).toMatch(/^v1\.b\./);
  expect(unseal(ringOf(`b:${second}`), { sealed: fresh, boundTo })).toBe(text);
});

test('wrong keys are told all at once, without showing them', () => {
  const wrong = `a:${first},b:${first},a:${second},c:123,${second},d:${'00'.repeat(32)}`;
  const problems = (() => {
    try {
      loadEnv(Env, { ENCRYPTION_KEYS: wrong });
    } catch (error) {
      return error instanceof Error ? error.message.split('\n') : [];
    }
    return [];
  })();
  expect(problems.map((line) => line.split('expected')[0])).toEqual([
    'ENCRYPTION_KEYS is wrong: key 2: the same key came before',
    'ENCRYPTION_KEYS is wrong: key 3: the id "a" came before',
    'ENCRYPTION_KEYS is wrong: key 4: ',
    'ENCRYPTION_KEYS is wrong: key 5: ',
    'ENCRYPTION_KEYS is wrong: key 6: ',
  ]);
  for (const secret of [first, second, '123']) expect(problems.join('')).not.toContain(secret);
});
