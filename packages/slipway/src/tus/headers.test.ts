import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseUploadChecksum } from './upload-checksum.ts';
import { parseUploadConcat } from './upload-concat.ts';
import { parseByteCount, parseLength } from './upload-length.ts';
import { parseUploadMetadata } from './upload-metadata.ts';

const base64 = (text: string) => Buffer.from(text).toString('base64');

describe('Upload-Metadata', () => {
  test('keys with values, keys alone, and spaces around commas', () => {
    const header = `filename ${base64('küche 🏠.jpg')}, filetype ${base64('image/jpeg')},is_confidential,empty `;
    expect(Object.fromEntries(parseUploadMetadata(header))).toEqual({
      filename: 'küche 🏠.jpg',
      filetype: 'image/jpeg',
      is_confidential: '',
      empty: '',
    });
    expect(parseUploadMetadata(undefined).size).toBe(0);
    expect(parseUploadMetadata('').size).toBe(0);
  });

  test('whatever a client encodes comes out again', () => {
    const key = fc.stringMatching(/^[A-Za-z0-9_.-]{1,20}$/);
    const value = fc.string({ unit: 'grapheme' });
    fc.assert(
      fc.property(fc.dictionary(key, value, { noNullPrototype: true }), (pairs) => {
        const header = Object.entries(pairs)
          .map(([name, text]) => `${name} ${base64(text)}`)
          .join(',');
        expect(Object.fromEntries(parseUploadMetadata(header))).toEqual(pairs);
      }),
    );
  });

  test.each([
    ['no base64', 'filename ä'],
    ['two values', 'filename YQ== YQ=='],
    ['a key twice', 'a YQ==,a YQ=='],
    ['an empty pair', 'a YQ==,,b YQ=='],
    ['bytes that are no text', `filename ${Buffer.from([0xff, 0xfe]).toString('base64')}`],
    ['too many pairs', Array.from({ length: 65 }, (_, i) => `k${i}`).join(',')],
  ])('refuses %s', (_, header) => {
    expect(() => parseUploadMetadata(header)).toThrow(
      expect.objectContaining({ code: 'validation_failed' }),
    );
  });
});

describe('Upload-Checksum', () => {
  test.each(['sha1', 'sha256', 'md5'])('takes %s and tells other bytes', (name) => {
    const digest = createHash(name).update('hello').digest('base64');
    const right = parseUploadChecksum(`${name} ${digest}`);
    right?.hash.update('hello');
    right?.verify();
    const wrong = parseUploadChecksum(`${name} ${digest}`);
    wrong?.hash.update('hellO');
    expect(() => wrong?.verify()).toThrow(
      expect.objectContaining({ code: 'checksum_mismatch', status: 460 }),
    );
  });

  test.each(['crc99 AAAA', 'sha1', 'sha1 AAAA', 'sha1 AAAA AAAA', ''])('refuses "%s"', (header) => {
    expect(() => parseUploadChecksum(header)).toThrow(expect.objectContaining({ status: 400 }));
  });

  test('absent is no checksum', () => expect(parseUploadChecksum(undefined)).toBeUndefined());
});

describe('Upload-Concat', () => {
  test('tells whole uploads, pieces, and what is made of them', () => {
    expect(parseUploadConcat(undefined)).toEqual({ kind: 'whole' });
    expect(parseUploadConcat('partial')).toEqual({ kind: 'partial' });
    expect(parseUploadConcat('final;/tus/a https://x.example/tus/b?c=d')).toEqual({
      kind: 'final',
      parts: ['/tus/a', 'https://x.example/tus/b?c=d'],
    });
  });

  test.each(['', 'final', 'final;', 'final; ', 'whole'])('refuses "%s"', (header) => {
    expect(() => parseUploadConcat(header)).toThrow(expect.objectContaining({ status: 400 }));
  });
});

describe('lengths', () => {
  test('bytes now, or later', () => {
    expect(parseLength({ uploadLength: '0', uploadDeferLength: undefined })).toBe(0);
    expect(parseLength({ uploadLength: '9007199254740991', uploadDeferLength: undefined })).toBe(
      Number.MAX_SAFE_INTEGER,
    );
    expect(parseLength({ uploadLength: undefined, uploadDeferLength: '1' })).toBeNull();
    expect(parseByteCount('Upload-Offset', undefined)).toBeUndefined();
  });

  test.each([
    [undefined, undefined],
    ['5', '1'],
    ['-1', undefined],
    ['1e3', undefined],
    ['9007199254740992', undefined],
    ['', undefined],
    [undefined, '2'],
  ])('refuses length %s with deferral %s', (uploadLength, uploadDeferLength) => {
    expect(() => parseLength({ uploadLength, uploadDeferLength })).toThrow(
      expect.objectContaining({ status: 400 }),
    );
  });
});
