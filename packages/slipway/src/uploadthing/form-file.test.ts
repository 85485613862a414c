import fc from 'fast-check';
import { expect, test } from 'vitest';
import { boundaryOf, formFile } from './form-file.ts';

/** The form as Node's fetch writes it, in these pieces. */
async function written(form: FormData, cuts: number[]) {
  const response = new Response(form);
  const bytes = Buffer.from(await response.arrayBuffer());
  const places = [...cuts.map((cut) => cut % (bytes.length + 1)), bytes.length];
  const pieces: Buffer[] = [];
  let from = 0;
  for (const to of places.sort((a, b) => a - b)) {
    pieces.push(bytes.subarray(from, to));
    from = to;
  }
  return { pieces, boundary: boundaryOf(response.headers.get('content-type') ?? undefined) };
}

async function* these(pieces: Buffer[]): AsyncGenerator<Buffer> {
  yield* pieces;
}

async function collect(pieces: Buffer[], boundary: string): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of formFile(these(pieces), boundary)) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}

const cuts = fc.array(fc.nat(5_000), { maxLength: 20 });
/** Bytes that look like what the parser looks for come often. */
const bytes = fc
  .array(
    fc.oneof(
      fc.uint8Array({ maxLength: 200 }).map((array) => Buffer.from(array)),
      fc.constantFrom('\r\n', '--', '\r\n--', '\r\n------', '\r\n\r\n', '-').map(Buffer.from),
    ),
    { maxLength: 20 },
  )
  .map((parts) => Buffer.concat(parts));

test('whatever is in a file, and however it is cut, it comes out as it was', async () => {
  await fc.assert(
    fc.asyncProperty(bytes, cuts, async (file, places) => {
      const form = new FormData();
      form.append('before', 'another field');
      form.append('file', new Blob([file]), 'a "name"; name="b".bin');
      form.append('after', 'a third');
      const { pieces, boundary } = await written(form, places);
      expect((await collect(pieces, boundary)).equals(file)).toBe(true);
    }),
    { numRuns: 300 },
  );
});

test('what ends in the middle gives what came, and says so', async () => {
  const form = new FormData();
  form.append('file', new Blob([Buffer.alloc(10_000, 'x')]));
  const { pieces, boundary } = await written(form, []);
  const cut = Buffer.concat(pieces).subarray(0, 9_000);
  const got: Buffer[] = [];
  const read = async () => {
    for await (const chunk of formFile(these([cut]), boundary)) got.push(chunk);
  };
  await expect(read()).rejects.toMatchObject({ code: 'size_mismatch' });
  expect(Buffer.concat(got).toString()).toMatch(/^x{8000,9000}$/);
});

test('a form without the field, with an endless head, or none at all', async () => {
  const form = new FormData();
  form.append('other', new Blob(['x']));
  const { pieces, boundary } = await written(form, []);
  await expect(collect(pieces, boundary)).rejects.toMatchObject({ code: 'bad_request' });
  const endless = [Buffer.from('--b\r\nx: '), Buffer.alloc(20_000, 'y')];
  await expect(collect(endless, 'b')).rejects.toMatchObject({ code: 'bad_request' });
  for (const type of [undefined, 'application/json', 'multipart/form-data'])
    expect(() => boundaryOf(type)).toThrow('Expected a form');
  expect(boundaryOf('multipart/form-data; boundary="a b"')).toBe('a b');
  expect(boundaryOf('Multipart/Form-Data; charset=utf-8; boundary=----x')).toBe('----x');
});
