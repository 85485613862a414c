import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pngBomb } from '@repo/engine/test-pictures';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { broken } from './hostile/broken.ts';
import { type Canary, startCanary } from './hostile/canary.ts';
import { CONTENTS, contentOf } from './hostile/contents.ts';
import { activeFiles, archives, passiveFiles, type Traps } from './hostile/corpus.ts';
import { type Customer, newCustomer } from './hostile/customer.ts';
import { expectUnharmed, processStart } from './hostile/process.ts';
import { expectHarmless } from './hostile/serving.ts';
import { slipwayUrl } from './slipway-account.ts';

let canary: Canary;
let traps: Traps;
let customer: Customer;
let startedAt: string;

beforeAll(async () => {
  canary = await startCanary();
  traps = { call: `fetch('${canary.url}/ran')`, home: canary.url };
  customer = await newCustomer();
  startedAt = await processStart();
});

afterAll(async () => {
  // After all of it: nobody here followed an address, and the process is the one that it was.
  expect(canary.heard).toEqual([]);
  await expectUnharmed(startedAt);
  await canary.close();
});

describe('what may run', () => {
  test('is saved, never shown, wherever it is asked for', async () => {
    const specimens = await activeFiles(traps);
    expect(specimens.filter(({ type }) => type === 'image/svg+xml').length).toBeGreaterThan(30);
    for (const specimen of specimens) {
      const file = await customer.store(specimen);
      expect(file.scan).toBe('not_scanned');
      await expectHarmless(customer, { specimen, file, how: 'attachment' });
      const made = await fetch(`${file.url}?w=64&format=png`);
      expect(made.status, specimen.name).toBe(422);
    }
  });

  test('is nothing that is shown, whatever it says that it is', async () => {
    const types = ['image/png', 'image/gif', 'video/mp4', 'audio/wav', 'font/woff2'];
    for (const [index, { bytes }] of (await activeFiles(traps)).entries()) {
      const type = types[index % types.length] ?? '';
      const outcome = await customer.upload({ name: 'a', type, bytes });
      expect(outcome, type).toMatchObject({ end: 'rejected', code: 'type_mismatch' });
    }
  });

  test.each([
    ['text/html;charset=utf-7'],
    ['text/html, image/png'],
    ['image/png\r\ncontent-type: text/html'],
    ['image/png '.repeat(20)],
    ['html'],
  ])('has no type that is none: %j', async (type) => {
    const outcome = await customer.upload({ name: 'a', type, bytes: Buffer.from('a') });
    expect(outcome).toMatchObject({ end: 'unannounced', code: 'validation_failed' });
  });
});

describe('what is two things at once', () => {
  test('is shown as the one that cannot run', async () => {
    for (const specimen of await passiveFiles(traps)) {
      const file = await customer.store(specimen);
      await expectHarmless(customer, { specimen, file, how: 'inline' });
    }
  });

  test('and is not the other one as well', async () => {
    const specimens = [...(await passiveFiles(traps)), ...(await activeFiles(traps))];
    const picture = (name: string) => specimens.find((specimen) => specimen.name === name)?.bytes;
    for (const [name, type] of [
      ['a.gif', 'text/javascript'],
      ['a.jpg', 'text/html'],
      ['a.png', 'text/html'],
      ['a.wav', 'text/html'],
      ['a.pdf', 'application/zip'],
      ['a.pdf', 'application/java-archive'],
    ] as const) {
      const bytes = picture(name) ?? Buffer.alloc(0);
      const outcome = await customer.upload({ name: 'a', type, bytes });
      expect(outcome, `${name} as ${type}`).toMatchObject({
        end: 'rejected',
        code: 'type_mismatch',
      });
    }
  });

  test('what is made from a picture has no second thing in it', async () => {
    for (const specimen of await passiveFiles(traps)) {
      if (!specimen.type.startsWith('image/')) continue;
      const file = await customer.store(specimen);
      for (const format of ['jpeg', 'png', 'webp', 'avif']) {
        const made = await fetch(`${file.url}?w=64&format=${format}`);
        expect(made.status, `${specimen.name} as ${format}`).toBe(200);
        const bytes = Buffer.from(await made.arrayBuffer());
        expect((await sharp(bytes).metadata()).width).toBeGreaterThan(0);
        for (const secret of ['script', 'fetch', canary.url])
          expect(bytes.includes(secret), `${secret} in ${specimen.name} as ${format}`).toBe(false);
      }
    }
  });
});

describe('archives', () => {
  test('are never opened: what is in them stays in them', async () => {
    const marker = `unpacked-${randomUUID()}`;
    for (const specimen of archives(marker)) {
      const file = await customer.store(specimen);
      await expectHarmless(customer, { specimen, file, how: 'attachment' });
    }
    expect(existsSync(join('/tmp', marker))).toBe(false);
  });
});

describe('pictures that are too much', () => {
  const frames = (count: number) =>
    sharp(Buffer.alloc(count * 3 * 200 * 200), {
      raw: { width: 200, height: 200 * count, channels: 3, pageHeight: 200 },
    });

  test('are said to be too large, before anybody unpacks them', async () => {
    for (const side of [14_000, 30_000]) {
      const bytes = Buffer.from(pngBomb(side).bytes);
      const file = await customer.store({ name: 'bomb.png', type: 'image/png', bytes });
      for (const query of ['preset=thumbnail', 'w=64', 'w=4096&h=4096&format=avif']) {
        const answer = await fetch(`${file.url}?${query}`);
        expect(answer.status).toBe(422);
        expect(await answer.json()).toMatchObject({ error: { code: 'image_too_large' } });
      }
    }
  });

  test('or are made small, where only their shape is odd', async () => {
    const odd = {
      'image/png': sharp({
        create: { width: 1, height: 60_000, channels: 3, background: '#000' },
      }).png(),
      'image/gif': frames(500).gif({ loop: 0 }),
      'image/webp': frames(500).webp({ loop: 0, effort: 0 }),
    };
    for (const [type, picture] of Object.entries(odd)) {
      const bytes = await picture.toBuffer();
      const file = await customer.store({ name: 'odd', type, bytes });
      const answer = await fetch(`${file.url}?w=64&h=64&format=webp`);
      expect(answer.status, `${type}: ${answer.status}`).toBe(200);
      const { pages = 1 } = await sharp(Buffer.from(await answer.arrayBuffer())).metadata();
      expect(pages).toBe(1);
    }
  });
});

test('of a hundred broken pictures each gets an answer', async () => {
  const size = { width: 60, height: 40, channels: 3 } as const;
  const pixels = Uint8Array.from({ length: 60 * 40 * 3 }, (_, index) => (index * index) % 251);
  const picture = () => sharp(pixels, { raw: size });
  const sources = {
    'image/jpeg': await picture().jpeg().toBuffer(),
    'image/png': await picture().png().toBuffer(),
    'image/gif': await picture().gif().toBuffer(),
    'image/webp': await picture().webp().toBuffer(),
  };
  const answers: Record<string, number> = {};
  for (const [type, source] of Object.entries(sources)) {
    for (let seed = 0; seed < 25; seed += 1) {
      const outcome = await customer.upload({ name: 'a', type, bytes: broken(source, seed) });
      if (outcome.end !== 'ready') {
        expect(outcome).toMatchObject({ end: 'rejected', code: 'type_mismatch' });
        continue;
      }
      const answer = await fetch(`${outcome.file.url}?w=32&h=32`);
      await answer.arrayBuffer();
      answers[answer.status] = (answers[answer.status] ?? 0) + 1;
    }
  }
  expect(Object.keys(answers)).toEqual(['200', '422']);
  await expectUnharmed(startedAt);
});

describe('name, type and content', () => {
  const types = CONTENTS.map(({ type }) => type);

  test.each(CONTENTS)(
    '$type agree, or the file is refused with the rule that it broke',
    async (kind) => {
      const own = await newCustomer({ allowedTypes: types });
      const bytes = await contentOf(kind);
      const honest = await own.upload({ name: `a.${kind.extension}`, type: kind.type, bytes });
      expect(honest.end).toBe('ready');
      const place = CONTENTS.indexOf(kind);
      for (const step of [1, 4, 7]) {
        const other = CONTENTS[(place + step) % CONTENTS.length] ?? kind;
        const named = await own.upload({ name: `a.${other.extension}`, type: kind.type, bytes });
        expect(named).toMatchObject({ end: 'unannounced', code: 'type_mismatch' });
        const declared = await own.upload({ name: `a.${kind.extension}`, type: other.type, bytes });
        expect(declared).toMatchObject({ end: 'unannounced', code: 'type_mismatch' });
        const content = { name: `a.${other.extension}`, type: other.type, bytes };
        const disguised = await own.upload(content);
        expect(disguised).toMatchObject({ end: 'rejected', code: 'type_mismatch' });
        const { body } = await own.call(`/files/${'id' in disguised ? disguised.id : ''}`);
        expect(body).toMatchObject({ status: 'rejected', url: null });
        expect((await fetch(`${slipwayUrl()}/f/${body.key}`)).status).toBe(404);
      }
      const strict = await newCustomer({
        allowedTypes: types.filter((type) => type !== kind.type),
      });
      const unwanted = await strict.upload({ name: `a.${kind.extension}`, type: kind.type, bytes });
      expect(unwanted).toMatchObject({ end: 'unannounced', code: 'file_type_not_allowed' });
    },
  );
});

test.each([
  ['a line break', 'a\r\nset-cookie: x=1.txt'],
  ['a way up', '../../etc/passwd'],
  ['a way up, as Windows writes it', '..\\..\\a.txt'],
  ['a NUL', 'a.txt\0.html'],
  ['too much', `${'a'.repeat(4096)}.txt`],
])('a name with %s is refused', async (_, name) => {
  const outcome = await customer.upload({ name, type: 'text/plain', bytes: Buffer.from('a') });
  expect(outcome).toMatchObject({ end: 'unannounced', code: 'validation_failed' });
});

test.each([
  ['quotes', 'a"; filename="b.html', '.html'],
  ['an escape', 'a%22%0d%0a.txt', '.txt'],
  ['a change of direction', 'photo\u202etxt.exe', '.exe'],
  ['pictures', '🏠🏡.txt', '.txt'],
  ['half a character', 'a\ud800.txt', '.txt'],
  ['five hundred letters', `${'ü'.repeat(500)}.txt`, '.txt'],
])('a name with %s is one name in one header', async (_, name, extension) => {
  const bytes = Buffer.from('a');
  const outcome = await customer.upload({ name, type: 'application/octet-stream', bytes });
  if (outcome.end === 'unannounced') {
    expect(name.isWellFormed(), outcome.code).toBe(false);
    return;
  }
  if (outcome.end !== 'ready') throw new Error(outcome.code);
  const { headers } = await fetch(outcome.file.url);
  const disposition = headers.get('content-disposition') ?? '';
  expect(disposition).toMatch(
    /^attachment; filename="[\x20-\x21\x23-\x5b\x5d-\x7e]*"; filename\*=UTF-8''[\w.~!%-]*$/,
  );
  expect(decodeURIComponent(disposition.split("UTF-8''")[1] ?? '')).toBe(name);
  // Its place in the storage is our choice: nothing of it but a plain extension.
  expect(outcome.file.key).toMatch(new RegExp(`^prj_\\w{22}/\\w{32}(\\${extension})?$`));
  expect(headers.get('set-cookie')).toBeNull();
});

describe('where a picture was taken', () => {
  const SECRETS = ['CANARY', 'GPS', 'Exif', 'xmpmeta'];
  const taken = () =>
    sharp({ create: { width: 700, height: 500, channels: 3, background: '#c63' } })
      .withExif({
        IFD0: { Artist: 'CANARY', Make: 'CANARY' },
        IFD3: {
          GPSLatitudeRef: 'N',
          GPSLatitude: '50/1 56/1 0/1',
          GPSLongitudeRef: 'E',
          GPSLongitude: '6/1 57/1 0/1',
          GPSMapDatum: 'CANARY',
        },
      })
      .withXmp('<x:xmpmeta xmlns:x="adobe:ns:meta/"><a>CANARY</a></x:xmpmeta>');

  test.each([
    ['image/jpeg', () => taken().jpeg()],
    ['image/png', () => taken().png()],
    ['image/webp', () => taken().webp()],
    ['image/avif', () => taken().avif({ effort: 0 })],
  ] as const)('is in a %s as it came, and in nothing that is made from it', async (type, make) => {
    const bytes = await make().toBuffer();
    const original = await sharp(bytes).metadata();
    expect(original.exif?.includes('CANARY')).toBe(true);
    const file = await customer.store({ name: 'house', type, bytes });
    const whole = Buffer.from(await (await fetch(file.url)).arrayBuffer());
    expect(whole.equals(bytes)).toBe(true);

    const queries = ['preset=thumbnail', 'preset=preview', 'preset=large', 'w=320'];
    const formats = ['jpeg', 'png', 'webp', 'avif'].map((format) => `w=640&h=480&format=${format}`);
    const covers = ['w=100&h=100&fit=cover', 'w=100&h=100&fit=contain&format=png'];
    for (const query of [...queries, ...formats, ...covers]) {
      for (const accept of ['image/avif,image/webp,*/*', '*/*']) {
        const answer = await fetch(`${file.url}?${query}`, { headers: { accept } });
        expect(answer.status, query).toBe(200);
        const made = Buffer.from(await answer.arrayBuffer());
        const { exif, xmp, iptc, comments, width } = await sharp(made).metadata();
        expect(width).toBeGreaterThan(0);
        expect({ exif, xmp, iptc, comments }, query).toEqual({});
        for (const secret of SECRETS)
          expect(made.includes(secret), `${secret}: ${query}`).toBe(false);
      }
    }
  });
});
