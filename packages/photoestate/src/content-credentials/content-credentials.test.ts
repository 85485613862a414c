import { createHash, verify, X509Certificate } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it, test } from 'vitest';
import { type Cbor, encodeCbor, Tagged } from './cbor.ts';
import { afterApplicationSegments, jumbfSegments } from './jpeg.ts';
import { box } from './jumbf.ts';
import { openCredentials } from './open.ts';
import { copyRecord, credentialRecord } from './record-of.ts';
import { signPhoto } from './sign-photo.ts';
import { openContentSigner } from './signer.ts';
import { ALGORITHMS, makeCertificates } from './testing/certificates.ts';

/** Start, APP0 and APP1 as a camera writes them, a table, a scan that looks like a segment, end. */
const JPEG = Buffer.from(
  'ffd8 ffe0 0004 4a46 ffe1 0006 45786966 ffdb 0004 0102 ffda 0002 ffeb ff00 12 ffd9'.replaceAll(
    ' ',
    '',
  ),
  'hex',
);
const RECORD = {
  software: { name: 'PhotoEstate engine', version: '1.2.3' },
  digitalSourceType: 'http://cv.iptc.org/newscodes/digitalsourcetype/computationalCapture',
  origin: 'Merged from 3 exposures of one view',
  actions: [{ action: 'c2pa.edited', description: '2 faces blurred' }],
};

// RFC 8949, appendix A.
it.each<[Cbor, string]>([
  [0, '00'],
  [23, '17'],
  [24, '1818'],
  [1000, '1903e8'],
  [1_000_000, '1a000f4240'],
  [-1, '20'],
  [-1000, '3903e7'],
  [false, 'f4'],
  [true, 'f5'],
  [null, 'f6'],
  [Uint8Array.of(1, 2, 3, 4), '4401020304'],
  ['IETF', '6449455446'],
  ['\u00fc', '62c3bc'],
  [[1, [2, 3]], '8201820203'],
  [{ a: 1, b: [2, 3] }, 'a26161016162820203'],
  [
    new Map([
      [1, 2],
      [3, 4],
    ]),
    'a201020304',
  ],
  [new Tagged(1, 1_363_896_240), 'c11a514b67b0'],
])('writes %j as the RFC does', (value, hex) => {
  expect(Buffer.from(encodeCbor(value)).toString('hex')).toBe(hex);
});

it('writes no number that it would have to round', () => {
  expect(() => encodeCbor(1.5)).toThrow('expected a whole number');
});

describe('in a JPEG', () => {
  it('credentials stand behind what applications keep, and nothing else moves', () => {
    expect(afterApplicationSegments(JPEG)).toBe(16);
    expect(() => afterApplicationSegments(Buffer.from('PNG'))).toThrow('expected a JPEG');
  });

  it('a long box goes in pieces, each with the box’s header', () => {
    const content = Buffer.alloc(150_000, 7);
    const whole = box('jumb', content);
    const segments = jumbfSegments(whole);
    const pieces: Buffer[] = [];
    for (let at = 0; at < segments.length; at += 2 + segments.readUInt16BE(at + 2)) {
      expect(segments.subarray(at, at + 2).toString('hex')).toBe('ffeb');
      expect(segments.readUInt32BE(at + 8)).toBe(pieces.length + 1);
      expect(segments.subarray(at + 12, at + 20)).toEqual(whole.subarray(0, 8));
      pieces.push(segments.subarray(at + 20, at + 2 + segments.readUInt16BE(at + 2)));
    }
    expect(pieces.length).toBe(3);
    expect(Buffer.concat(pieces)).toEqual(content);
  });
});

/** What was put into a file that begins and ends as another one does. */
function inserted(signed: Uint8Array, before: Uint8Array, at: number): Buffer {
  const length = signed.length - before.length;
  return Buffer.from(signed.subarray(at, at + length));
}

test.each(ALGORITHMS)('%s: the photo is bound to what is said of it, by the key', (kind) => {
  const pem = makeCertificates(kind);
  const own = new X509Certificate(pem.certificates);
  const signer = openContentSigner(pem);
  const told: Uint8Array[] = [];
  const signatures: Uint8Array[] = [];
  const signed = signPhoto(JPEG, RECORD, {
    ...signer,
    sign: (data) => {
      const signature = signer.sign(data);
      told.push(data);
      signatures.push(signature);
      return signature;
    },
  });
  const manifest = inserted(signed, JPEG, 16);
  const rest = Buffer.concat([signed.subarray(0, 16), signed.subarray(16 + manifest.length)]);
  expect(rest).toEqual(JPEG);
  const holds = (part: Uint8Array | string) =>
    expect(manifest.includes(typeof part === 'string' ? part : Buffer.from(part))).toBe(true);
  // Its length and place, as bytes that a hash leaves out, and the hash of all others.
  holds(encodeCbor({ exclusions: [{ start: 16, length: manifest.length }] }).subarray(1));
  holds(createHash('sha256').update(JPEG).digest());
  holds('2 faces blurred');
  holds(RECORD.digitalSourceType);
  holds(own.raw);
  expect(signer.name).toBe('Test Studio');
  const [last = new Uint8Array(0), signature = new Uint8Array(0)] = [
    told.at(-1),
    signatures.at(-1),
  ];
  holds(signature);
  const claim = last.subarray(Buffer.from(last).indexOf('instanceID') - 2);
  holds(claim);
  const digest = { ES256: 'sha256', ES384: 'sha384', PS256: 'sha256', Ed25519: null }[kind];
  const key = { key: own.publicKey, dsaEncoding: 'ieee-p1363' as const };
  const pss = kind === 'PS256' ? { padding: 6, saltLength: 32 } : {};
  expect(verify(digest, last, { ...key, ...pss }, signature)).toBe(true);
});

describe('what is said of a photo', () => {
  const step = (name: string, facts: object = {}) => ({ name, ran: true, facts });
  const sourceType = RECORD.digitalSourceType;
  const done = (steps: object[], crop: object = {}) =>
    ({ report: { steps }, recipe: { engine: '1.2.3', crop } }) as unknown as Parameters<
      typeof credentialRecord
    >[0];

  it('is what the engine recorded, in C2PA’s names and in words', () => {
    const crop = { width: 90, height: 100, sourceWidth: 100, sourceHeight: 100 };
    const steps = [
      step('merge', { exposures: 3 }),
      step('tone'),
      step('privacy', { faces: 2 }),
      { name: 'denoise', ran: false, reason: 'There is no noise.' },
      step('encode', { exposures: 3, sourceType }),
    ];
    expect(credentialRecord(done(steps, crop))).toEqual({
      ...RECORD,
      actions: [
        { action: 'c2pa.adjustedColor', description: 'Brightness and contrast set' },
        { action: 'c2pa.edited', description: '2 faces blurred' },
        { action: 'c2pa.cropped', description: 'Edges cropped, 10 % of the frame' },
      ],
    });
  });

  it('is the same of a smaller copy, and that it became smaller', () => {
    const whole = done([
      step('privacy', { faces: 2 }),
      step('encode', { exposures: 3, sourceType }),
    ]);
    const cut = { action: 'c2pa.cropped', description: 'Cut to the shape of this size' };
    const resized = { action: 'c2pa.resized', description: 'Reduced for delivery' };
    expect(copyRecord(whole, { isCut: false, isMarked: false })).toEqual({
      ...RECORD,
      actions: [...RECORD.actions, resized],
    });
    expect(copyRecord(whole, { isCut: true, isMarked: true })?.actions.slice(1)).toEqual([
      cut,
      resized,
      { action: 'c2pa.edited', description: 'A watermark written across the photo' },
    ]);
  });

  it('is never guessed', () => {
    expect(() => credentialRecord(done([step('tone')]))).toThrow();
    const change = { isCut: false, isMarked: false };
    expect(copyRecord(done([step('tone')]), change)).toBe(null);
    expect(copyRecord({ report: null, recipe: null }, change)).toBe(null);
  });
});

describe('the configuration', () => {
  const folder = mkdtempSync(join(tmpdir(), 'credentials-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const file = (name: string, text: string) => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  const pem = makeCertificates('ES256');
  const C2PA_CERT = file('chain.pem', pem.certificates);
  const C2PA_KEY = file('key.pem', pem.key);

  it('signs when both are set, and is content with none', () => {
    expect(openCredentials({})).toBe(null);
    expect(openCredentials({ C2PA_CERT, C2PA_KEY })).toMatchObject({
      validTo: new Date(Date.UTC(2049, 0, 1)),
    });
  });

  it.each([
    ['one alone', { C2PA_CERT }, 'belong together'],
    [
      'a file that is not there',
      { C2PA_CERT, C2PA_KEY: join(folder, 'none') },
      'C2PA_KEY is wrong',
    ],
    ['no certificate', { C2PA_CERT: C2PA_KEY, C2PA_KEY }, 'expected at least one PEM certificate'],
    [
      'another one’s key',
      { C2PA_CERT, C2PA_KEY: file('other.pem', makeCertificates('ES256').key) },
      'expected the key of the first certificate',
    ],
  ])('says what is wrong with %s', (_what, env, message) => {
    expect(() => openCredentials(env)).toThrow(message);
  });
});
