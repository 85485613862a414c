import { expect } from 'vitest';
import type { Customer, File, Specimen } from './customer.ts';

export type Shown = 'attachment' | 'inline';

/** Every way to a file's bytes, whole and in pieces: served as `how`, as what it is, and without a right to do anything. */
export async function expectHarmless(
  { call }: Customer,
  { specimen, file, how }: { specimen: Specimen; file: File; how: Shown },
): Promise<void> {
  const { body: signed } = await call(`/files/${file.id}/url`);
  const { body: named } = await call(`/files/${file.id}/url?download=other.html`);
  const asks: [string, RequestInit, Shown][] = [
    [file.url, {}, how],
    [`${file.url}?v=1`, {}, how],
    [signed.url, {}, how],
    [named.url, {}, 'attachment'],
    [file.url, { method: 'HEAD' }, how],
    [file.url, { headers: { range: 'bytes=0-9' } }, how],
    [file.url, { headers: { accept: 'text/html', 'sec-fetch-dest': 'document' } }, how],
  ];
  for (const [url, init, expected] of asks) {
    const response = await fetch(url, init);
    const bytes = Buffer.from(await response.arrayBuffer());
    const about = `${specimen.name} at ${url} ${JSON.stringify(init)}`;
    expect(response.ok, about).toBe(true);
    expectHarmlessHeaders(response.headers, { type: specimen.type, how: expected, about });
    if (response.status === 200 && init.method === undefined)
      expect(bytes.equals(specimen.bytes), about).toBe(true);
  }
}

export function expectHarmlessHeaders(
  headers: Headers,
  { type, how, about }: { type: string; how: Shown; about: string },
): void {
  // Where people are signed in, not even a page of ours can use it as a script.
  const expected = /(java|ecma)script/.test(type) ? 'text/plain' : type;
  expect(headers.get('content-type'), about).toBe(expected);
  expect(headers.get('content-disposition'), about).toMatch(new RegExp(`^${how}; filename="`));
  expect(headers.get('x-content-type-options'), about).toBe('nosniff');
  const policy = (headers.get('content-security-policy') ?? '').split(/; */);
  // An empty sandbox: no scripts, no forms, no origin.
  expect(policy, about).toContain('sandbox');
  expect(policy, about).toContain("default-src 'none'");
  expect(
    policy.filter((rule) => rule.startsWith('script-src')),
    about,
  ).toEqual([]);
  expect(headers.get('set-cookie'), about).toBeNull();
  expect(headers.get('service-worker-allowed'), about).toBeNull();
}
