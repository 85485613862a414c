import { auditEntry } from '@repo/foundation/audit';
import { member } from '@repo/foundation/organization';
import { and, eq, like } from 'drizzle-orm';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { SlipwayContext } from '../context.ts';
import { createHttp } from '../http.ts';
import { blackPng, mutate, seededRandom } from '../image/testing/hostile-pictures.ts';
import { appRouter } from '../router.ts';
import { startTestSlipway, type TestSlipway, type TestTenant } from '../testing/index.ts';
import { profilePicture } from './table.ts';

let slipway: TestSlipway;
let app: ReturnType<typeof createHttp>;
let origin: string;

beforeAll(async () => {
  slipway = await startTestSlipway();
  app = createHttp(slipway.runtime, { stopping: false });
  origin = slipway.runtime.env.SLIPWAY_URL;
  // Who signs up first is the admin of the installation, and cannot delete their account.
  await slipway.tenant();
});
afterAll(() => slipway.close());

const api = (ctx: SlipwayContext) => appRouter.createCaller(ctx);

async function cookieOf({ ctx }: TestTenant): Promise<string> {
  const email = ctx.actor.type === 'user' ? ctx.actor.email : '';
  const init = {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin },
    body: JSON.stringify({ email, password: 'correct horse' }),
  };
  const answer = await app.request('/api/auth/sign-in/email', init, {});
  return answer.headers
    .getSetCookie()
    .map((each) => each.split(';')[0])
    .join('; ');
}

const send = (cookie: string, bytes: Uint8Array, headers: Record<string, string> = {}) =>
  app.request(
    '/api/account/picture',
    { method: 'POST', headers: { cookie, origin, ...headers }, body: new Uint8Array(bytes) },
    {},
  );
const look = (cookie: string, userId: string) =>
  app.request(`/api/people/${userId}/picture`, { headers: { cookie } }, {});
const codeOf = async (answer: Response) => (await answer.json()).error.code;
const kept = ({ ctx, userId }: TestTenant) =>
  ctx.db.$count(profilePicture, eq(profilePicture.userId, userId));

/** Blue at the left, red in the middle and at the right, with a place in its metadata. */
const photo = (width = 900, height = 600) =>
  sharp({ create: { width, height, channels: 3, background: '#d03030' } })
    .composite([
      {
        input: { create: { width: 100, height, channels: 3, background: '#2030d0' } },
        left: 0,
        top: 0,
      },
    ])
    .withExif({ IFD0: { Copyright: 'SECRET-OWNER' }, IFD3: { GPSLatitude: '51/1 30/1 0/1' } })
    .jpeg()
    .toBuffer();

test('a picture is shown to those who work with somebody, small, square and without what a camera wrote', async () => {
  const [person, colleague, stranger] = [
    await slipway.tenant(),
    await slipway.tenant(),
    await slipway.tenant(),
  ];
  const { userId, organizationId } = person;
  await person.ctx.db
    .insert(member)
    .values({ organizationId, userId: colleague.userId, role: 'viewer' });
  const [own, theirs, foreign] = [
    await cookieOf(person),
    await cookieOf(colleague),
    await cookieOf(stranger),
  ];
  expect((await look(own, userId)).status).toBe(404);
  const original = await photo();
  expect(original.includes('SECRET-OWNER')).toBe(true);
  expect((await send(own, original)).status).toBe(204);

  const shown = await look(theirs, userId);
  expect(shown.status).toBe(200);
  expect(Object.fromEntries(shown.headers)).toMatchObject({
    'content-type': 'image/webp',
    'content-security-policy': "default-src 'none'; sandbox",
    'cross-origin-resource-policy': 'same-origin',
    'x-content-type-options': 'nosniff',
    'cache-control': expect.stringMatching(/^private/),
  });
  const bytes = Buffer.from(await shown.arrayBuffer());
  const { format, width, height, exif } = await sharp(bytes).metadata();
  expect({ format, width, height, exif }).toEqual({
    ...{ format: 'webp', width: 512, height: 512, exif: undefined },
  });
  expect(bytes.includes('SECRET-OWNER')).toBe(false);
  // Its middle: the blue of the left side is gone.
  const [red = 0, , blue = 0] = await sharp(bytes)
    .extract({ left: 0, top: 256, width: 1, height: 1 })
    .raw()
    .toBuffer();
  expect(red).toBeGreaterThan(blue);

  const url = `/api/people/${userId}/picture?v=`;
  expect((await api(person.ctx).session.me())?.user.picture).toContain(url);
  const { members } = await api(colleague.ctx).member.list({ organizationId });
  expect(members.map(({ picture }) => picture?.startsWith(url) ?? null)).toEqual([true, null]);

  for (const cookie of [foreign, '']) {
    const refused = await look(cookie, userId);
    expect(refused.status).toBe(cookie === '' ? 401 : 404);
    expect(refused.headers.get('content-type')).toContain('json');
  }
  await person.ctx.db.delete(member).where(eq(member.userId, colleague.userId));
  expect((await look(theirs, userId)).status).toBe(404);
});

test('a new one takes the place of the old; removed, or with the account, nothing is left', async () => {
  const person = await slipway.tenant();
  const { ctx, userId } = person;
  const cookie = await cookieOf(person);
  const address = async () => (await api(ctx).session.me())?.user.picture;
  await send(cookie, await photo());
  const first = await address();
  // Less than what is shown at most stays as it is.
  expect((await send(cookie, await photo(300, 200))).status).toBe(204);
  expect(await address()).not.toBe(first);
  const { width, height } = await sharp(
    Buffer.from(await (await look(cookie, userId)).arrayBuffer()),
  ).metadata();
  expect([width, height, await kept(person)]).toEqual([200, 200, 1]);
  await api(ctx).account.removePicture();
  expect([await address(), await kept(person)]).toEqual([null, 0]);
  const noted = await ctx.db
    .select({ action: auditEntry.action })
    .from(auditEntry)
    .where(and(eq(auditEntry.entityId, userId), like(auditEntry.action, 'user.picture%')))
    .orderBy(auditEntry.createdAt);
  expect(noted.map(({ action }) => action.split('_')[1])).toEqual([
    ...['changed', 'changed', 'removed'],
  ]);
  await send(cookie, await photo());
  expect(await kept(person)).toBe(1);
  const email = ctx.actor.type === 'user' ? ctx.actor.email : '';
  await api(ctx).account.delete({ confirmEmail: email });
  expect(await kept(person)).toBe(0);
});

test('what is no picture, or too much of one, is refused, and the one before stays', async () => {
  const person = await slipway.tenant();
  const cookie = await cookieOf(person);
  const good = await photo();
  await send(cookie, good);
  const shown = async () => (await api(person.ctx).session.me())?.user.picture;
  const before = await shown();
  const refusals = {
    nothing: [new Uint8Array(), 'image_unsupported'],
    svg: [
      Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>'),
      'image_unsupported',
    ],
    html: [Buffer.from('<!doctype html><script>alert(1)</script>'), 'image_unsupported'],
    cut: [good.subarray(0, good.length / 2), 'image_damaged'],
    bomb: [blackPng({ width: 6000, height: 5000 }), 'image_too_large'],
    // More than any body may have outside uploads, and a little more than a picture.
    huge: [Buffer.concat([good, Buffer.alloc(2_000_000)]), 'payload_too_large'],
    large: [Buffer.concat([good, Buffer.alloc(1_000_000)]), 'file_too_large'],
  } as const;
  for (const [name, [bytes, code]] of Object.entries(refusals))
    expect([name, await codeOf(await send(cookie, bytes))]).toEqual([name, code]);
  expect(before).toContain(person.userId);
  expect(await shown()).toBe(before);
  const random = seededRandom(7);
  for (let times = 0; times < 10; times += 1) {
    const answer = await send(cookie, mutate(good, random));
    expect([204, 422], String(answer.status)).toContain(answer.status);
  }
  expect((await look(cookie, person.userId)).status).toBe(200);
});

test('only their own page sends a picture of somebody, and so often in an hour', async () => {
  const person = await slipway.tenant();
  const cookie = await cookieOf(person);
  const good = await photo(300, 200);
  expect((await send('', good)).status).toBe(401);
  const foreign = await send(cookie, good, { origin: 'https://evil.example' });
  expect(foreign.status).toBe(403);
  expect(await kept(person)).toBe(0);
  const statuses: number[] = [];
  for (let times = 0; times < 31; times += 1)
    statuses.push((await send(cookie, Buffer.from('no picture'))).status);
  expect([...new Set(statuses.slice(0, 30))]).toEqual([422]);
  const last = await send(cookie, good);
  expect([statuses.at(-1), last.status]).toEqual([429, 429]);
  expect(Number(last.headers.get('retry-after'))).toBeGreaterThan(0);
});
