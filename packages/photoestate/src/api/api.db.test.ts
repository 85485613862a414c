import { QUALITY_RULES } from '@repo/engine';
import { makeBracket } from '@repo/engine/test-pictures';
import { and, eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { revokeApiKey, rollApiKey } from '../api-key/manage.ts';
import { apiKey } from '../api-key/table.ts';
import type { Context } from '../context.ts';
import { enhancement } from '../enhancement/table.ts';
import { listing } from '../listing/table.ts';
import { KEY_SCOPES, SCOPE_PERMISSIONS } from '../permission.ts';
import { appRouter } from '../router.ts';
import { createTestApi, newKey, organizationOf, type TestApi } from '../testing/api.ts';
import { everyRoute, type Route } from '../testing/every-route.ts';
import { newListing } from '../testing/shoot.ts';
import {
  fieldsOf,
  idFields,
  MARK,
  makeSubject,
  rowsAbout,
  type Subject,
  withForeignIds,
} from '../testing/subject.ts';
import { createWorld, type World } from '../testing/world.ts';

let world: World;
let pat: Context;
let api: TestApi;
let about: Subject;
/** Another studio. */
let elsewhere: Context;
let foreign: Subject;

beforeAll(async () => {
  world = await createWorld();
  api = createTestApi(world);
  pat = await world.person();
  about = await makeSubject(world, pat);
  elsewhere = await world.person();
  foreign = await makeSubject(world, elsewhere);
});
afterAll(() => world.close());

async function call(key: string | null, name: string, { path, body }: Route) {
  const [method = ''] = name.split(' ');
  return api.as(key)(method.toUpperCase(), path, body === undefined ? {} : { body });
}

const code = (answer: { json: { error?: { code: string } } | null }) => answer.json?.error?.code;

interface Described {
  parameters?: { name: string; in: string }[];
  requestBody?: { content: { 'application/json': { schema: { $ref?: string } } } };
}

test('the table knows every route of the description, and every id that one takes', async () => {
  const { status, json } = await api.document();
  expect([status, json.openapi]).toEqual([200, '3.1.0']);
  const paths: Record<string, Record<string, Described>> = json.paths;
  const described = Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, about]) => [`${method} ${path}`, about] as const),
  );
  const table = everyRoute(about);
  expect(Object.keys(table).sort()).toEqual(described.map(([name]) => name).sort());
  for (const [name, { parameters = [], requestBody }] of described) {
    const schema = requestBody?.content['application/json'].schema;
    const referred = schema?.$ref?.split('/').at(-1) ?? '';
    const asked = idFields(json.components.schemas[referred] ?? schema);
    expect(fieldsOf(table[name]?.body), name).toEqual(expect.arrayContaining(asked));
    for (const parameter of parameters)
      if (parameter.in === 'query' && /Ids?$/.test(parameter.name) && parameter.name !== 'mlsId')
        expect(table[name]?.path, name).toContain(`${parameter.name}=`);
  }
});

test('each figure of quality is described with its unit, and with the limit that the engine holds it to', async () => {
  const { json } = await api.document();
  const { QualityFigures } = json.components.schemas;
  const described: [string, { description: string }][] = Object.entries(QualityFigures.properties);
  expect(QualityFigures.required).toEqual(described.map(([name]) => name));
  for (const [name, { description }] of described) expect(description, name).toMatch(/ Unit: \S/);
  const all = JSON.stringify(described);
  for (const { code, limit, fault } of QUALITY_RULES)
    expect(all).toContain(`A fault (\`${code}\`) ${fault} ${limit}.`);
});

test('a finished photo tells its quality and what was decided, one that is not finished none', async () => {
  const ask = api.as((await newKey(pat)).key);
  const { enhancementId, listingId } = about;
  expect((await ask('GET', `/enhancements/${enhancementId}`)).json.quality).toBeNull();
  const reasons = [{ code: 'tilted', message: 'It leans.' }];
  const report = {
    measurements: { sharpness: 21.5, tilt: 1.6 },
    steps: [{ name: 'inspect', ran: true, warnings: reasons }],
  };
  await pat.db
    .update(enhancement)
    .set({ report, review: 'flagged', reviewReasons: reasons })
    .where(and(eq(enhancement.listingId, listingId), eq(enhancement.status, 'done')));
  const { json } = await ask('GET', `/listings/${listingId}/enhancements?status=done`);
  expect(json.data[0]).toMatchObject({
    quality: {
      verdict: 'doubtful',
      reasons,
      figures: { sharpness: 21.5, verticalTilt: 1.6, ghosts: null },
    },
    review: { state: 'flagged', note: null, decidedAt: null },
  });
});

test('without a key, with an unknown, revoked, replaced or expired one, nobody is let in', async () => {
  const revoked = await newKey(pat);
  await revokeApiKey(pat, { organizationId: revoked.organizationId, keyId: revoked.id });
  const replaced = await newKey(pat);
  await rollApiKey(pat, {
    organizationId: replaced.organizationId,
    keyId: replaced.id,
    overlapHours: 0,
  });
  const expired = await newKey(pat);
  const past = new Date(Date.now() - 1000);
  await pat.db.update(apiKey).set({ expiresAt: past }).where(eq(apiKey.id, expired.id));
  const unknown = `pk_live_${'0'.repeat(32)}`;
  for (const [name, route] of Object.entries(everyRoute(about))) {
    expect(code(await call(null, name, route)), name).toBe('api_key_missing');
    for (const key of [unknown, revoked.key, replaced.key, expired.key, 'sk_live_of_slipway'])
      expect(code(await call(key, name, route)), name).toBe('api_key_invalid');
  }
});

/** They name nobody's thing but the organization's own. */
const OWN = /^\w+ \/(listings|webhooks|credits|credits\/ledger)$/;

test.each([...KEY_SCOPES])(
  'a key for “%s” of another organization finds nothing of this one, and changes nothing',
  async (scope) => {
    const { key } = await newKey(elsewhere, [scope]);
    const ids = new RegExp(Object.values(about).join('|'));
    const before = await rowsAbout(pat, about);
    for (const [name, route] of Object.entries(everyRoute(about))) {
      const answer = await call(key, name, route);
      const lacks = !SCOPE_PERMISSIONS[scope].includes(route.needs);
      if (OWN.test(name)) expect(JSON.stringify(answer.json), name).not.toMatch(ids);
      // Webhooks are asked for below the key's own organization.
      else if (lacks && name.includes('/webhooks')) expect(code(answer), name).toBe('forbidden');
      else expect(code(answer), name).toBe('not_found');
    }
    expect(await rowsAbout(pat, about)).toEqual(before);
  },
);

test('an id of another organization among one’s own names nothing, and nothing there changes', async () => {
  const owner = await world.person();
  const own = await makeSubject(world, owner);
  const { key } = await newKey(owner);
  const before = await rowsAbout(pat, foreign);
  for (const [name, route] of Object.entries(everyRoute(own)))
    for (const { field, input } of withForeignIds(route, own, foreign)) {
      const answer = await call(key, name, input);
      const asked = `${name} with ${field}`;
      if (name === 'get /listings') expect(answer.json.data, asked).toEqual([]);
      else if (field === 'memberId') expect(answer.json.error?.message, asked).toContain('agentId');
      else expect(code(answer), asked).toBe('not_found');
      expect(JSON.stringify(answer.json), asked).not.toContain(MARK);
    }
  expect(await rowsAbout(pat, foreign)).toEqual(before);
});

test.each(KEY_SCOPES)('a key for “%s” does that, and nothing else', async (scope) => {
  const person = await world.person();
  const own = await makeSubject(world, person);
  const { key } = await newKey(person, [scope]);
  for (const [name, route] of Object.entries(everyRoute(own))) {
    const answer = await call(key, name, route);
    if (SCOPE_PERMISSIONS[scope].includes(route.needs))
      expect([401, 403, 500], `${scope} ${name} ${code(answer)}`).not.toContain(answer.status);
    else
      expect([answer.status, answer.json.error.details], `${scope} ${name}`).toEqual([
        403,
        { permission: route.needs },
      ]);
  }
});

test('keys are for people to manage: none makes another, and clients and agents see none', async () => {
  const organizationId = await organizationOf(pat);
  const { key, id } = await newKey(pat);
  const [row] = await pat.db.select().from(apiKey).where(eq(apiKey.id, id));
  expect(JSON.stringify(row)).not.toContain(key);
  const actor = {
    type: 'api_key' as const,
    keyId: id,
    ownerId: organizationId,
    name: 'Test',
    scopes: ['admin'],
    isTest: false,
  };
  const asKey = appRouter.createCaller({ ...pat, actor });
  await expect(asKey.apiKey.list({ organizationId })).rejects.toMatchObject({ code: 'FORBIDDEN' });
  await expect(asKey.member.list({ organizationId })).rejects.toMatchObject({
    code: 'UNAUTHORIZED',
  });
});

test('a listing is made, changed, found, archived and deleted; what nobody knows is refused', async () => {
  const ask = api.as((await newKey(pat)).key);
  const made = await ask('POST', '/listings', {
    body: { address: '7 Harbour View', mlsId: 'MLS-7', tags: ['sea'], shootDate: '2026-05-31' },
  });
  expect([made.status, made.json.status]).toEqual([201, 'draft']);
  const path = `/listings/${made.json.id}`;
  const changed = await ask('PATCH', path, { body: { notes: 'Key in the box' } });
  expect(changed.json).toMatchObject({ notes: 'Key in the box', mlsId: 'MLS-7', tags: ['sea'] });
  expect((await ask('GET', '/listings?q=harbour')).json.data).toHaveLength(1);
  expect((await ask('POST', `${path}/archive`)).json.status).toBe('archived');
  expect((await ask('GET', '/listings?q=harbour')).json.data).toEqual([]);
  expect((await ask('POST', `${path}/restore`)).json.status).toBe('draft');
  const wrong = await ask('POST', '/listings', { body: { address: 'A', staus: 'draft' } });
  expect([wrong.status, wrong.json.error.message]).toEqual([
    400,
    expect.stringContaining('"staus" is not valid: there is no such field'),
  ]);
  expect((await ask('GET', '/listings?sise=1')).status).toBe(400);
  expect((await ask('DELETE', path)).status).toBe(204);
  expect((await ask('GET', path)).status).toBe(404);
});

test('pages follow each other by cursor, whatever comes in between', async () => {
  const person = await world.person();
  const ask = api.as((await newKey(person)).key);
  const addresses = ['1 A', '2 B', '3 C', '4 D', '5 E'];
  for (const address of addresses) await ask('POST', '/listings', { body: { address } });
  const seen: string[] = [];
  let cursor = '';
  for (let pages = 0; pages < 3; pages += 1) {
    const { json } = await ask('GET', `/listings?limit=2${cursor}`);
    seen.push(...json.data.map((one: { address: string }) => one.address));
    cursor = `&cursor=${json.nextCursor}`;
    if (pages === 0) await ask('POST', '/listings', { body: { address: 'Newer' } });
  }
  expect(seen).toEqual(addresses.toReversed());
  const key = (await newKey(pat)).key;
  const photos = await api.as(key)('GET', `/listings/${about.listingId}/photos?limit=1`);
  const next = await api.as(key)(
    'GET',
    `/listings/${about.listingId}/photos?limit=1&cursor=${photos.json.nextCursor}`,
  );
  expect([photos.json.data.length, next.json.data.length, next.json.nextCursor]).toEqual([
    1,
    1,
    null,
  ]);
  expect(next.json.data[0].id).not.toBe(photos.json.data[0].id);
  for (const list of ['photos', 'enhancements']) {
    const beyond = [9e15, 1e15, -1, ...(list === 'photos' ? [9_999_999_999] : [])].map((at) =>
      Buffer.from(JSON.stringify([at, 'x'])).toString('base64url'),
    );
    for (const cursor of ['wrong', ...beyond]) {
      const wrong = await api.as(key)(
        'GET',
        `/listings/${about.listingId}/${list}?cursor=${cursor}`,
      );
      expect(code(wrong), `${list} ${cursor}`).toBe('validation_failed');
    }
  }
});

test('a POST with an Idempotency-Key happens once, also when it is sent many times at once', async () => {
  const person = await world.person();
  const ask = api.as((await newKey(person)).key);
  const headers = { 'idempotency-key': 'one' };
  const post = (address: string) => ask('POST', '/listings', { body: { address }, headers });
  const answers = await Promise.all(Array.from({ length: 8 }, () => post('1 Once Street')));
  for (const answer of answers)
    expect(['idempotency_in_progress', undefined]).toContain(code(answer));
  const again = await post('1 Once Street');
  expect(again.headers.get('idempotency-replayed')).toBe('true');
  const ids = new Set(
    [again, ...answers].flatMap(({ status, json }) => (status === 201 ? [json.id] : [])),
  );
  expect(ids.size).toBe(1);
  const organizationId = await organizationOf(person);
  const kept = await person.db.$count(listing, eq(listing.organizationId, organizationId));
  expect(kept).toBe(1);
  expect(code(await post('2 Other Street'))).toBe('idempotency_key_reused');
  const other = api.as((await newKey(person)).key);
  const theirs = await other('POST', '/listings', { body: { address: '3' }, headers });
  expect(theirs.status).toBe(201);
});

test('a refusal of what is not ready yet is not kept for its Idempotency-Key', async () => {
  const ask = api.as((await newKey(pat)).key);
  const { json } = await ask('POST', '/listings', { body: { address: '4 Early Street' } });
  const headers = { 'idempotency-key': 'early' };
  for (const time of ['first', 'again']) {
    const early = await ask('POST', `/listings/${json.id}/enhancements`, { body: {}, headers });
    expect([early.status, early.headers.get('idempotency-replayed')], time).toEqual([409, null]);
  }
});

test('answers tell the limits of key and organization, and a refusal when to come again', async () => {
  const tight = createTestApi(world, {
    RATE_LIMIT_PER_KEY: { calls: 2, seconds: 60 },
    RATE_LIMIT_PER_ORGANIZATION: { calls: 100, seconds: 60 },
  });
  const ask = tight.as((await newKey(pat)).key);
  const first = await ask('GET', '/credits');
  expect(first.headers.get('ratelimit-policy')).toBe('"key";q=2;w=60, "organization";q=100;w=60');
  await ask('GET', '/credits');
  const refused = await ask('GET', '/credits');
  expect([refused.status, code(refused)]).toEqual([429, 'rate_limited']);
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
  expect((await tight.as((await newKey(pat)).key)('GET', '/credits')).status).toBe(200);
});

test('frames come by their bytes or from an address, and only into their own listing', async () => {
  const ask = api.as((await newKey(pat)).key);
  const [picture] = await makeBracket({ width: 96, height: 64, evs: [0] });
  if (picture === undefined) throw new Error('a bracket has frames');
  const listingId = await newListing(pat);
  const other = await newListing(pat);
  const file = world.slipway.put(picture.name, picture.bytes, { kind: 'original', listingId });
  const complete = (listing: string, id: string) =>
    ask('POST', `/listings/${listing}/photos/${id}/complete`);
  expect(code(await complete(other, file.id))).toBe('not_found');
  const derived = world.slipway.put('thumb', picture.bytes, { kind: 'thumb', listingId });
  expect(code(await complete(listingId, derived.id))).toBe('not_found');
  const added = await complete(listingId, file.id);
  expect([added.status, added.json.name, added.json.status]).toEqual([
    200,
    picture.name,
    'uploaded',
  ]);
  expect((await complete(listingId, file.id)).json.id).toBe(added.json.id);
  const wrong = await ask('POST', `/listings/${listingId}/photos`, {
    body: { name: 'a.gif', size: 3, type: 'image/gif' },
  });
  expect(code(wrong)).toBe('validation_failed');
});
