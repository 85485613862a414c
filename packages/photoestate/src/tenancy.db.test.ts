import { AppError } from '@repo/foundation/errors';
import { member } from '@repo/foundation/organization';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import type { Context } from './context.ts';
import { ROLE_PERMISSIONS, ROLES } from './permission.ts';
import { appRouter } from './router.ts';
import { callProcedure, everyProcedure, OPEN_PROCEDURES, refusalOf } from './testing/every-call.ts';
import {
  fieldsOf,
  idFields,
  MARK,
  makeSubject,
  NOTHING,
  personWith,
  rowsAbout,
  type Subject,
  withForeignIds,
} from './testing/subject.ts';
import { createWorld, userIdOf, type World } from './testing/world.ts';

let world: World;
let pat: Context;
/** Another studio. */
let foreign: Subject;

beforeAll(async () => {
  world = await createWorld();
  pat = await world.person();
  foreign = await makeSubject(world, await world.person());
});
afterAll(() => world.close());

const subject = async (): Promise<Subject> => makeSubject(world, await world.person());

test('the table knows every procedure of the router, and every id that one takes', () => {
  const table = everyProcedure(NOTHING);
  const procedures: object = appRouter._def.procedures;
  expect([...Object.keys(table), ...OPEN_PROCEDURES].sort()).toEqual(
    Object.keys(procedures).sort(),
  );
  for (const [path, { input }] of Object.entries(table)) {
    const { _def } = Reflect.get(procedures, path) as { _def: { inputs?: z.ZodType[] } };
    const [schema] = _def.inputs ?? [];
    if (schema === undefined) throw new Error(`${path} takes no input`);
    const described = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
    expect(fieldsOf(input), path).toEqual(expect.arrayContaining(idFields(described)));
  }
});

test.each([...ROLES, 'none'] as const)(
  'to somebody with the role %s in another studio nothing exists, and nothing changes',
  async (role) => {
    const stranger = await world.person();
    await pat.db.delete(member).where(eq(member.userId, userIdOf(stranger)));
    if (role !== 'none') {
      const { organizationId } = await subject();
      await pat.db.insert(member).values({ organizationId, userId: userIdOf(stranger), role });
    }
    const before = await rowsAbout(pat, foreign);
    for (const [path, { input }] of Object.entries(everyProcedure(foreign)))
      expect(await refusalOf(stranger, path, input), path).toMatchObject({ code: 'not_found' });
    expect(await rowsAbout(pat, foreign)).toEqual(before);
    const { items } = await appRouter.createCaller(stranger).listing.list({});
    expect(JSON.stringify(items)).not.toContain(foreign.listingId);
  },
);

test('a visitor is asked to sign in', async () => {
  const visitor: Context = { ...pat, actor: { type: 'anonymous' } };
  for (const [path, { input }] of Object.entries(everyProcedure(foreign)))
    expect(await refusalOf(visitor, path, input), path).toMatchObject({ code: 'unauthenticated' });
});

/** What is said where it is not “not found”: of members and of photos there are only those of the studio. */
const OTHERWISE: Readonly<Record<string, string>> = {
  'listing.create with memberId': 'validation_failed',
  'listing.update with memberId': 'validation_failed',
  'delivery.create with sceneId': 'nothing_to_deliver',
  'delivery.update with sceneId': 'nothing_to_deliver',
};

test('an id of another studio among one’s own names nothing, and nothing there changes', async () => {
  const owner = await world.person();
  const own = await makeSubject(world, owner);
  const before = await rowsAbout(pat, foreign);
  expect(before.length).toBeGreaterThan(20);
  for (const [path, call] of Object.entries(everyProcedure(own)))
    for (const { field, input } of withForeignIds(call.input, own, foreign)) {
      const { refusal, answer } = await callProcedure(owner, path, input);
      const [asked, code] = [`${path} with ${field}`, refusal instanceof AppError && refusal.code];
      if (asked === 'listing.list with memberId') expect(answer).toMatchObject({ items: [] });
      // Of the scene's photos those that were seen: one that is in none of them is none.
      else if (asked === 'scene.delete with photoId') expect(refusal).toBeNull();
      else expect(code, asked).toBe(OTHERWISE[asked] ?? 'not_found');
      expect(String(refusal?.message), asked).not.toContain(MARK);
    }
  expect(await rowsAbout(pat, foreign)).toEqual(before);
});

test.each(ROLES)(
  '%s: each procedure lets in, or names the permission that is missing',
  async (role) => {
    const about = await subject();
    const person = await personWith(world, role, about.organizationId);
    for (const [path, { needs, input }] of Object.entries(everyProcedure(about))) {
      const refusal = await refusalOf(person, path, input);
      if (ROLE_PERMISSIONS[role].includes(needs)) {
        const code = refusal instanceof AppError ? refusal.code : String(refusal?.message);
        expect(code, `${role} calls ${path}`).not.toMatch(/forbidden|unauthenticated/);
      } else {
        expect(refusal, `${role} calls ${path}`).toMatchObject({
          code: 'forbidden',
          details: { permission: needs },
        });
      }
    }
  },
);

test('a member who is removed is a stranger by the next call, a changed role counts at once', async () => {
  const { organizationId, listingId } = await subject();
  const guest = await personWith(world, 'client', organizationId);
  const mine = eq(member.userId, userIdOf(guest));
  const ask = () => refusalOf(guest, 'scene.list', { listingId });
  expect(await ask()).toMatchObject({ code: 'forbidden' });
  await pat.db.update(member).set({ role: 'agent' }).where(mine);
  expect(await ask()).toBeNull();
  await pat.db.delete(member).where(mine);
  expect(await ask()).toMatchObject({ code: 'not_found' });
});

test('fields that are not asked for change nothing', async () => {
  const stranger = await world.person();
  const forged = {
    address: 'Mine',
    status: 'delivered',
    createdBy: 'usr_x',
    deletedAt: new Date(),
  };
  const created = await appRouter.createCaller(stranger).listing.create(forged);
  expect(created.status).toBe('draft');
  expect(await refusalOf(pat, 'listing.get', { listingId: created.id })).toMatchObject({
    code: 'not_found',
  });
});
