import { expect, it } from 'vitest';
import { decodeText, isPdf, previewKind } from './preview-kind.ts';

it.each([
  ['image/png', 'image'],
  // As a picture an SVG runs no scripts.
  ['image/svg+xml', 'image'],
  ['image/tiff', 'image'],
  ['video/mp4', 'video'],
  ['audio/mpeg', 'audio'],
  ['application/pdf', 'pdf'],
  ['text/html', 'text'],
  ['application/ld+json', 'text'],
  ['application/zip', 'none'],
])('%s is shown as %s', (type, kind) => {
  expect(previewKind(type)).toBe(kind);
});

const bytes = (...numbers: number[]) => new Uint8Array(numbers).buffer;

it('reads text by its mark, and leaves out a letter that was cut off', () => {
  expect(decodeText(bytes(0x61, 0xc3, 0xbc), true)).toBe('aü');
  expect(decodeText(bytes(0x61, 0xc3), false)).toBe('a');
  expect(decodeText(bytes(0x61, 0xc3), true)).toBe('a\ufffd');
  expect(decodeText(bytes(0xff, 0xfe, 0x61, 0), true)).toBe('a');
  expect(decodeText(bytes(0xfe, 0xff, 0, 0x61), true)).toBe('a');
  expect(decodeText(bytes(), true)).toBe('');
});

it('believes no page that it is a PDF', () => {
  const of = (text: string) => isPdf(new TextEncoder().encode(text).buffer);
  expect(of('%PDF-1.7\n')).toBe(true);
  expect(of('<script>alert(1)</script>')).toBe(false);
  expect(of(`${' '.repeat(2000)}%PDF-1.7`)).toBe(false);
});
