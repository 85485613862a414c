import { AppError } from '@repo/foundation/errors';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestSlipway, type TestSlipway, type TestTenant } from '../testing/index.ts';
import { completeUpload } from './complete-upload.ts';
import { requestUpload } from './request-upload.ts';

const box = (type: string, ...rest: string[]) =>
  Buffer.concat([Buffer.from([0, 0, 0, 24]), Buffer.from(`ftyp${type}\0\0\0\0${rest.join('')}`)]);
const from = (...parts: (string | number[])[]) =>
  Buffer.concat(
    parts.map((part) =>
      typeof part === 'string' ? Buffer.from(part, 'latin1') : Buffer.from(part),
    ),
  );

/** Each is none of the others. */
const KINDS = [
  ['jpg', 'image/jpeg', from([0xff, 0xd8, 0xff, 0xe0, 0, 16], 'JFIF', [0, 1, 1])],
  ['svg', 'image/svg+xml', from('<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>')],
  [
    'png',
    'image/png',
    from([0x89], 'PNG\r\n', [0x1a, 0x0a, 0, 0, 0, 13], 'IHDR', Array(17).fill(1)),
  ],
  ['pdf', 'application/pdf', from('%PDF-1.7\n')],
  ['gif', 'image/gif', from('GIF89a', [1, 0, 1, 0, 0, 0, 0])],
  ['zip', 'application/zip', from('PK', [3, 4, 20], Array(21).fill(0), [5, 0, 0, 0], 'a.txt')],
  ['webp', 'image/webp', from('RIFF', [20, 0, 0, 0], 'WEBPVP8 ', Array(12).fill(1))],
  ['exe', 'application/x-msdownload', from('MZ', Array(60).fill(0))],
  ['avif', 'image/avif', box('avif', 'avif', 'mif1')],
  ['mp3', 'audio/mpeg', from('ID3', [3, 0, 0, 0, 0, 0, 0], [0xff, 0xfb, 0x90, 0x64])],
  ['tiff', 'image/tiff', from('II*', [0, 8, 0, 0, 0, 0, 0, 0, 0, 0, 0])],
  ['mp4', 'video/mp4', box('isom', 'isom', 'iso2')],
] as const;

let slipway: TestSlipway;
let tenant: TestTenant;
let projectId: string;

beforeAll(async () => {
  slipway = await startTestSlipway({ IMAGE_THUMBNAILS: 'false' });
  tenant = await slipway.tenant();
  ({ id: projectId } = await slipway.project(tenant));
});

afterAll(() => slipway.close());

interface Told {
  name: string;
  type: string;
  bytes: Buffer;
}

/** Where an upload ended: at its announcement, at its completion, or ready. */
async function endOf({ name, type, bytes }: Told): Promise<string> {
  const upload = { name, type, size: bytes.length };
  const rule = (error: unknown) =>
    error instanceof AppError
      ? `${error.code}, ${error.details?.['rule'] ?? 'content'}`
      : String(error);
  const ticket = await requestUpload(tenant.ctx, { projectId, upload }).catch(rule);
  if (typeof ticket === 'string') return ticket;
  await slipway.putBytes({ key: ticket.key, bytes, type });
  return completeUpload(tenant.ctx, { projectId, upload: { id: ticket.id } }).then(
    ({ status }) => status,
    rule,
  );
}

describe.each(KINDS.map(([ext, type, bytes], index) => ({ ext, type, bytes, index })))(
  'of $type',
  ({ ext, type, bytes, index }) => {
    const [otherExt, otherType, otherBytes] = KINDS[(index + 1) % KINDS.length] ?? expect.fail();

    test('name, declaration and bytes have to agree', async () => {
      expect(await endOf({ name: `a.${ext}`, type, bytes })).toBe('ready');
      expect(await endOf({ name: 'a', type, bytes })).toBe('ready');
    });

    test('a lie in the name is found before anything is sent', async () => {
      const lie = 'type_mismatch, extension';
      expect(await endOf({ name: `a.${otherExt}`, type, bytes })).toBe(lie);
      expect(await endOf({ name: `a.${ext}.${otherExt}`, type, bytes })).toBe(lie);
    });

    test('a lie in the declaration is found by the name, without one by the bytes', async () => {
      const lie = { type: otherType, bytes };
      expect(await endOf({ ...lie, name: `a.${ext}` })).toBe('type_mismatch, extension');
      expect(await endOf({ ...lie, name: 'a' })).toBe('type_mismatch, content');
    });

    test('a lie in the bytes is found when they are there', async () => {
      expect(await endOf({ name: `a.${ext}`, type, bytes: otherBytes })).toBe(
        'type_mismatch, content',
      );
    });
  },
);
