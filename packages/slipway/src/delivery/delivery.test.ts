import { expect, test } from 'vitest';
import { contentDisposition, isPassive, typeInOwnOrigin } from './content-disposition.ts';
import { parseRange } from './parse-range.ts';

test('a plain range, an open one and a suffix', () => {
  expect(parseRange('bytes=0-0', 10)).toEqual({ start: 0, end: 0 });
  expect(parseRange('bytes=4-', 10)).toEqual({ start: 4, end: 9 });
  expect(parseRange('bytes=-3', 10)).toEqual({ start: 7, end: 9 });
  expect(parseRange('bytes=-99', 10)).toEqual({ start: 0, end: 9 });
  expect(parseRange('bytes=2-99', 10)).toEqual({ start: 2, end: 9 });
});

test('ranges behind the end cannot be satisfied', () => {
  expect(parseRange('bytes=10-', 10)).toBe('unsatisfiable');
  expect(parseRange('bytes=-0', 10)).toBe('unsatisfiable');
  expect(parseRange('bytes=0-', 0)).toBe('unsatisfiable');
});

test('malformed and multiple ranges are ignored', () => {
  for (const header of [
    undefined,
    '',
    'bytes=-',
    'bytes=5-2',
    'bytes=0-1,3-4',
    'items=0-1',
    'bytes=a-b',
  ]) {
    expect(parseRange(header, 10)).toBeNull();
  }
});

test('no name escapes the header', () => {
  for (const name of [
    'a"b.png',
    'a\r\nSet-Cookie: x=1',
    'ü\u202egnp.exe',
    'a%22.png',
    '\ud800.png',
    '🏠.jpg',
  ]) {
    expect(contentDisposition('attachment', name)).toMatch(
      /^attachment; filename="[\x20-\x21\x23-\x5b\x5d-\x7e]*"; filename\*=UTF-8''[\w.~!%-]*$/,
    );
  }
  expect(contentDisposition('inline', '🏠.jpg')).toContain("UTF-8''%F0%9F%8F%A0.jpg");
});

test('what can run scripts is never shown in place', () => {
  for (const type of [
    'image/svg+xml',
    'text/html',
    'application/pdf',
    'application/xml',
    'application/octet-stream',
  ]) {
    expect(isPassive(type)).toBe(false);
  }
  for (const type of ['image/jpeg', 'video/mp4', 'audio/mpeg', 'text/plain'])
    expect(isPassive(type)).toBe(true);
});

test('no script is one in our own origin, everything else keeps its type', () => {
  for (const type of [
    'text/javascript',
    'application/javascript',
    'application/x-javascript',
    'text/ecmascript',
    'text/x-ecmascript',
    'text/javascript1.5',
    'text/jscript',
    'text/livescript',
  ]) {
    expect(typeInOwnOrigin(type)).toBe('text/plain');
  }
  for (const type of ['image/png', 'text/html', 'application/json', 'text/css', 'text/x-java'])
    expect(typeInOwnOrigin(type)).toBe(type);
});
