import { expect, test } from 'vitest';
import { sniff } from './sniff.ts';

const bytes = (...parts: (string | number[])[]) =>
  Buffer.concat(
    parts.map((part) =>
      typeof part === 'string' ? Buffer.from(part, 'latin1') : Buffer.from(part),
    ),
  );

const PNG = bytes([0x89], 'PNG\r\n', [0x1a, 0x0a], [0, 0, 0, 13], 'IHDR', new Array(17).fill(1));
const JPEG = bytes([0xff, 0xd8, 0xff, 0xe0, 0, 16], 'JFIF', [0, 1, 1]);
const PDF = bytes('%PDF-1.7\n');
const ZIP = bytes(
  'PK',
  [3, 4, 20, 0, 0, 0, 0, 0],
  new Array(18).fill(0),
  [5, 0, 0, 0],
  'a.txthello',
);
const EXE = bytes('MZ', new Array(60).fill(0));
const SVG = bytes(
  '<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>',
);
const HTML = bytes('<!doctype html><script>alert(1)</script>');
const TIFF = bytes('II*', [0, 8, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
const UTF8 = Buffer.from('Grüße aus Köln', 'utf8');

test.each([
  ['image/png', PNG],
  ['image/jpeg', JPEG],
  ['image/gif', bytes('GIF89a', [1, 0, 1, 0])],
  ['image/jpg', JPEG],
  ['application/pdf', PDF],
  ['application/zip', ZIP],
  ['application/vnd.openxmlformats-officedocument.wordprocessingml.document', ZIP],
  ['image/svg+xml', SVG],
  ['text/html', HTML],
  ['text/plain', UTF8],
  ['application/json', bytes('{"a":1}')],
  ['text/csv', bytes('')],
  ['image/x-adobe-dng', TIFF],
  ['application/octet-stream', EXE],
  ['image/svg+xml', bytes('<!-- drawn by hand -->\n<svg xmlns="http://www.w3.org/2000/svg"/>')],
  ['image/svg+xml', Buffer.from('\ufeff<svg xmlns="http://www.w3.org/2000/svg"/>', 'utf16le')],
  ['image/x-pentax-pef', TIFF],
  ['image/x-nikon-nef', bytes('MM', [0, 0x2a, 0, 0, 0, 8, 0, 0, 0, 0])],
  ['image/x-canon-cr2', bytes('II*', [0, 16, 0, 0, 0], 'CR', [2, 0, 0, 0, 0, 0])],
  ['image/x-canon-cr3', bytes([0, 0, 0, 24], 'ftypcrx ', [0, 0, 0, 1], 'crx isom')],
  ['image/x-fuji-raf', bytes('FUJIFILMCCD-RAW 0201FF383501X-T3')],
  ['image/x-olympus-orf', bytes('IIRS', [8, 0, 0, 0, 0, 0, 0, 0])],
  ['image/x-olympus-orf', bytes('MMOR', [0, 0, 0, 8, 0, 0, 0, 0])],
  ['image/heic', bytes([0, 0, 0, 24], 'ftypmif1', [0, 0, 0, 0], 'mif1heic')],
  ['image/x-exr', bytes('v/1', [1, 2, 0, 0, 0])],
  ['image/x-portable-pixmap', bytes('P6\n1 1\n255\nabc')],
  ['image/x-tga', bytes([0, 0, 2, 0, 0, 0, 0, 0])],
  ['image/x-tga', bytes([0, 0, 10, 0, 0, 0, 0, 0])],
  ['application/x-own-format', bytes([1, 2, 3, 0])],
])('%s agrees with its own content', async (type, content) => {
  expect(await sniff(content, type)).toMatchObject({ agrees: true });
});

test.each([
  ['image/png', JPEG, 'image/jpeg'],
  ['image/jpeg', PDF, 'application/pdf'],
  ['image/png', EXE, 'application/x-msdownload'],
  ['image/jpeg', HTML, 'text'],
  ['image/png', SVG, 'application/xml'],
  ['image/jpeg', bytes(''), 'an empty file'],
  ['application/pdf', bytes([1, 2, 3, 0, 250]), 'unknown data'],
  ['text/plain', PNG, 'image/png'],
  ['text/plain', bytes([1, 0, 2]), 'binary data'],
  ['application/json', bytes([0xff, 0xc0]), 'binary data'],
  ['image/jpeg', ZIP, 'application/zip'],
  // No type is made up to get a page past the check of pictures.
  ['image/x-foo', HTML, 'text'],
  ['image/x-foo', bytes([1, 2, 3, 0]), 'unknown data'],
  ['image/x-tga', HTML, 'text'],
  ['image/x-exr', HTML, 'text'],
  ['video/x-foo', HTML, 'text'],
  ['audio/x-foo', bytes(''), 'an empty file'],
  ['font/x-foo', HTML, 'text'],
  ['image/x-foo', PNG, 'image/png'],
  ['image/gif', bytes('GIF8<script>'), 'text'],
  ['image/gif', bytes('GIF88a', [1, 0, 1, 0]), 'unknown data'],
  ['image/svg+xml', HTML, 'text'],
  ['image/svg+xml', bytes('<?xml version="1.0"?><html/>'), 'application/xml'],
])('%s does not agree with something else', async (type, content, found) => {
  expect(await sniff(content, type)).toEqual({ agrees: false, found });
});

test('a character cut at the end of what was read does not make text binary', async () => {
  expect(await sniff(UTF8.subarray(0, 3), 'text/plain')).toMatchObject({ agrees: true });
});
