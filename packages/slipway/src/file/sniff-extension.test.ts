import { expect, test } from 'vitest';
import { checkExtension } from './sniff-extension.ts';

test.each([
  ['a.jpg', 'image/jpeg'],
  ['A.JPEG', 'image/jpg'],
  ['a.jfif', 'image/pjpeg'],
  ['a.heic', 'image/heif'],
  ['a.mov', 'video/quicktime'],
  ['a.m4a', 'audio/x-m4a'],
  ['a.mkv', 'video/x-matroska'],
  ['a.opus', 'audio/opus'],
  ['a.zip', 'application/x-zip-compressed'],
  ['a.docx', 'application/zip'],
  ['a.csv', 'application/vnd.ms-excel'],
  ['a.xls', 'application/vnd.ms-excel'],
  ['a.js', 'application/javascript'],
  ['a.xml', 'text/xml'],
  ['a.json', 'text/plain'],
  ['a.html', 'text/plain'],
  // Claims nothing.
  ['a.exe', 'application/octet-stream'],
  ['a', 'image/jpeg'],
  ['.jpg', 'text/plain'],
  ['a.', 'image/jpeg'],
  ['a.cr2', 'image/x-canon-cr2'],
  ['Version 1.2', 'image/png'],
])('%s may be %s', (name, type) => {
  expect(() => checkExtension({ name, type })).not.toThrow();
});

test.each([
  ['a.exe', 'image/jpeg'],
  ['photo.jpg.exe', 'image/jpeg'],
  ['a.html', 'image/png'],
  ['a.svg', 'image/png'],
  ['a.jpg', 'image/svg+xml'],
  ['a.jpg', 'text/html'],
  ['a.txt', 'text/html'],
  ['a.pdf', 'text/plain'],
  ['a.jar', 'application/pdf'],
  ['a.png', 'image/jpeg'],
])('%s is not %s', (name, type) => {
  expect(() => checkExtension({ name, type })).toThrow(`announced was ${type}`);
});

test('the error names the rule, what was expected and what came', () => {
  const thrown = (() => {
    try {
      return checkExtension({ name: 'a.gif', type: 'image/png' });
    } catch (error) {
      return error;
    }
  })();
  expect(thrown).toMatchObject({
    code: 'type_mismatch',
    status: 422,
    message:
      'The name ends in .gif, which stands for image/gif; announced was image/png. Name the file and its type alike.',
    details: { rule: 'extension', expected: ['image/gif'], received: 'image/png' },
  });
});
