import { expect, test } from 'vitest';
import { isHopeless, uploadWords } from './upload-words.ts';

/** What is said of a file that is none of the kinds that are taken. */
function wordsFor(name: string, type = '', size = 9): string {
  const code = type === 'image/jpeg' ? 'type_mismatch' : 'file_type_not_allowed';
  const message = `“${name}” is ${type}. Allowed: image/jpeg.`;
  return uploadWords({ name, type, size }, { code, message, status: 422, requestId: null });
}

test.each(['IMG_0001.X3F', 'a.pef', 'b.IIQ'])('%s is a RAW file of another kind', (name) => {
  expect(wordsFor(name)).toMatch(/RAW files cannot be read yet.*as DNG, JPEG or TIFF/);
});

test.each(['IMG_0001.CR2', 'a.nef', 'b.dng'])('%s with other content is damaged', (name) => {
  const problem = { code: 'type_mismatch', message: '', status: 422, requestId: null };
  expect(uploadWords({ name, type: 'image/x-raw', size: 9 }, problem)).toMatch(
    /RAW file is damaged/,
  );
});

test('others are named for what they are, with what to do', () => {
  expect(wordsFor('a.heic')).toMatch(/HEIC file cannot be read\. Export it as JPEG/);
  expect(wordsFor('a', 'image/heif')).toMatch(/HEIC/);
  expect(wordsFor('a.gif', 'image/gif')).toMatch(/kind of picture.*JPEG or TIFF/);
  expect(wordsFor('plan.pdf', 'application/pdf')).toMatch(/not a photo/);
  expect(wordsFor('text.jpg', 'image/jpeg')).toMatch(/not a photo/);
  expect(wordsFor('none.jpg', 'image/jpeg', 0)).toMatch(/empty/);
});

test('what cannot end otherwise is not offered to be tried again', () => {
  expect(isHopeless({ size: 9 }, { code: 'type_mismatch' })).toBe(true);
  expect(isHopeless({ size: 0 }, { code: 'network_error' })).toBe(true);
  expect(isHopeless({ size: 9 }, { code: 'network_error' })).toBe(false);
});

test('no words of developers are left, and a failure of the server names its request', () => {
  const file = { name: 'a.jpg', type: 'image/jpeg', size: 9 };
  const base = { message: 'Expected SHA-256 0f, found 1e.', status: 422, requestId: null };
  expect(uploadWords(file, { ...base, code: 'digest_mismatch' })).not.toContain('SHA');
  const away = { code: 'storage_unavailable', message: 'It is away.', status: 503 };
  expect(uploadWords(file, { ...away, requestId: 'req_7' })).toBe('It is away. (Reference req_7)');
});
