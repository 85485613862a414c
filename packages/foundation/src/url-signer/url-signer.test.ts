import { expect, test } from 'vitest';
import { createUrlSigner } from './url-signer.ts';

const signer = createUrlSigner('a secret of at least thirty-two characters', 'test');
const expires = 1_800_000_000;
const signed = () =>
  signer.sign({
    purpose: 'put',
    path: '/ingest/a',
    params: { size: '5', type: 'image/png' },
    expires,
  });
const at = (seconds: number) => new Date(seconds * 1000);

function verify(url: string, options: { purpose?: string; now?: Date } = {}) {
  const parsed = new URL(url, 'http://localhost');
  return signer.verify({
    purpose: options.purpose ?? 'put',
    path: parsed.pathname,
    query: parsed.searchParams,
    now: options.now ?? at(expires),
  });
}

test('a signed URL gives its parameters back', () => {
  expect(verify(signed())).toEqual({ size: '5', type: 'image/png', expires: String(expires) });
});

test('it ends with the second after its expiry', () => {
  expect(() => verify(signed(), { now: at(expires + 1) })).toThrow('valid until 2027');
});

test('changing any character of path or query is refused', () => {
  const url = signed();
  for (let index = 1; index < url.length; index += 1) {
    const char = url[index] === 'x' ? 'y' : 'x';
    const changed = `${url.slice(0, index)}${char}${url.slice(index + 1)}`;
    expect(() => verify(changed), changed).toThrow();
  }
});

test('a parameter cannot be added or taken away', () => {
  expect(() => verify(`${signed()}&sha256=00`)).toThrow();
  expect(() => verify(signed().replace('&type=image%2Fpng', ''))).toThrow();
});

test('no parameter may appear twice, the signature neither', () => {
  for (const extra of ['signature=zzz', 'size=5', 'expires=1900000000']) {
    expect(() => verify(`${signed()}&${extra}`), extra).toThrow('appears twice');
  }
});

test('a URL for one purpose is none for another, nor one of another secret', () => {
  expect(() => verify(signed(), { purpose: 'get' })).toThrow();
  const other = createUrlSigner('another secret of more than 32 characters', 'test');
  const url = other.sign({ purpose: 'put', path: '/ingest/a', params: {}, expires });
  expect(() => verify(url)).toThrow();
});
