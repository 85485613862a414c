import { makeBracket } from '@repo/engine/test-pictures';
import { member } from '@repo/foundation/organization';
import { sql } from 'drizzle-orm';
import type { Context } from '../context.ts';
import type { Role } from '../permission.ts';
import { appRouter } from '../router.ts';
import { deliverAndComment, finishScenes } from './deliver.ts';
import { shoot } from './shoot.ts';
import { userIdOf, type World } from './world.ts';

/** What calls of the tables `every-call.ts`, `every-route.ts` and `every-address.ts` are about: a studio's own. */
export interface Subject {
  organizationId: string;
  /** A member other than the owner. */
  memberId: string;
  invitationId: string;
  keyId: string;
  webhookId: string;
  sentId: string;
  viewId: string;
  lookId: string;
  listingId: string;
  photoId: string;
  sceneId: string;
  enhancementId: string;
  batchId: string;
  previewId: string;
  deliveryId: string;
  commentId: string;
  /** Of the delivery; likes nothing. */
  visitorId: string;
  /** In the storage, and not a photo yet. */
  uploadId: string;
}

/** For who wants the names of a table's calls only. */
export const NOTHING: Subject = {
  ...{ organizationId: '', memberId: '', invitationId: '', keyId: '', webhookId: '', sentId: '' },
  ...{ viewId: '', lookId: '', listingId: '', photoId: '', sceneId: '', enhancementId: '' },
  ...{ batchId: '', previewId: '', deliveryId: '', commentId: '', visitorId: '' },
  uploadId: '',
};

/** In every text that a subject has, so that it is known wherever it turns up. */
export const MARK = 'Hedgehog';

/** One of each thing that a studio has, in the owner's own organization. */
export async function makeSubject(world: World, owner: Context): Promise<Subject> {
  const api = appRouter.createCaller(owner);
  const organizationId = (await api.session.me())?.organizations[0]?.id ?? '';
  const { id: listingId } = await api.listing.create({ organizationId, address: `${MARK} Lane 1` });
  const frames = await makeBracket({ width: 96, height: 64, evs: [0, -2] });
  const pictures = frames.map(({ name, bytes }) => ({ name: `${MARK}-${name}`, bytes }));
  const [photo] = await shoot(world, owner, { listingId, pictures });
  const upload = world.slipway.put(`${MARK}.jpg`, new Uint8Array([1, 2, 3]), {
    kind: 'original',
    listingId,
  });
  const sceneId = (await api.scene.list({ listingId }))[0]?.id ?? '';
  const { batchId, started } = await api.enhancement.startListing({ listingId });
  const { id: previewId } = await api.preview.start({ sceneId });
  await finishScenes(world, owner, { listingId, bytes: new Uint8Array([1]) });
  return {
    ...{ organizationId, listingId, sceneId, batchId, previewId },
    ...{ photoId: photo?.id ?? '', enhancementId: started[0]?.id ?? '', uploadId: upload.id },
    ...(await deliverAndComment(owner, { organizationId, listingId })),
    ...(await makeThingsOf(world, owner, organizationId)),
  };
}

/** What belongs to the studio itself. */
async function makeThingsOf(world: World, owner: Context, organizationId: string) {
  const api = appRouter.createCaller(owner);
  const email = `${MARK}@example.com`.toLowerCase();
  const { id: invitationId } = await api.member.invite({ organizationId, email, role: 'agent' });
  const { apiKey } = await api.apiKey.create({ organizationId, name: MARK, scopes: ['read'] });
  const view = await api.savedView.save({ organizationId, name: MARK, query: 'q=x' });
  const { id: lookId } = await api.look.create({ organizationId, name: MARK, preset: 'bright' });
  const url = `http://127.0.0.1:9/${MARK}`;
  const { id: webhookId } = await api.webhook.create({ organizationId, url, description: MARK });
  const { id: sentId } = await api.webhook.test({ organizationId, endpointId: webhookId });
  const colleague = await personWith(world, 'agent', organizationId);
  return {
    ...{ invitationId, keyId: apiKey.id, viewId: view.id, lookId, webhookId, sentId },
    memberId: userIdOf(colleague),
  };
}

/** Somebody who is a member there; of a studio of their own, too. */
export async function personWith(
  world: World,
  role: Role,
  organizationId: string,
): Promise<Context> {
  const person = await world.person();
  await person.db.insert(member).values({ organizationId, userId: userIdOf(person), role });
  return person;
}

/**
 * The same input once for each id in it, with that of another studio in its place; in lists, beside one's own.
 * `field` is what the id is of.
 */
export function withForeignIds<T>(
  input: T,
  own: Subject,
  foreign: Subject,
): { field: string; input: T }[] {
  return Object.keys(own).flatMap((field) => {
    const name = field as keyof Subject;
    const mixed = replaced(input, own[name], foreign[name]);
    return JSON.stringify(mixed) === JSON.stringify(input)
      ? []
      : [{ field: name, input: mixed as T }];
  });
}

function replaced(value: unknown, own: string, foreign: string): unknown {
  if (typeof value === 'string') return value.replaceAll(own, foreign);
  if (Array.isArray(value)) {
    const others = value.map((each) => replaced(each, own, foreign));
    return JSON.stringify(others) === JSON.stringify(value) ? value : [...value, ...others];
  }
  if (value === null || typeof value !== 'object' || value instanceof Date) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [key, replaced(each, own, foreign)]),
  );
}

/** Every row of the database that names a thing of the subject, as text. */
export async function rowsAbout(ctx: Context, subject: Subject): Promise<string[]> {
  const pattern = Object.values(subject).join('|');
  const { rows: tables } = await ctx.db.execute<{ name: string }>(
    sql`select table_name as name from information_schema.tables
      where table_schema = 'public' and table_type = 'BASE TABLE' order by 1`,
  );
  const found: string[] = [];
  for (const { name } of tables) {
    const { rows } = await ctx.db.execute<{ row: string }>(
      sql`select t::text as row from ${sql.identifier(name)} t where t::text ~ ${pattern} order by 1`,
    );
    found.push(...rows.map(({ row }) => `${name} ${row}`));
  }
  return found;
}

/** The names of the fields for ids that a JSON schema has, at any depth. */
export function idFields(schema: unknown): string[] {
  if (Array.isArray(schema)) return schema.flatMap(idFields);
  if (schema === null || typeof schema !== 'object') return [];
  return Object.entries(schema).flatMap(([key, value]) => {
    const below = idFields(value);
    if (key !== 'properties' || value === null || typeof value !== 'object') return below;
    return [...Object.keys(value).filter(isIdField), ...below];
  });
}

/** Numbers of other places, and names for what is to come, are ids of nothing here. */
const isIdField = (name: string) => /Ids?$/.test(name) && !/^(mlsId|newSceneIds?)$/.test(name);

/** The names of all fields in a value, at any depth. */
export function fieldsOf(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(fieldsOf);
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([key, each]) => [key, ...fieldsOf(each)]);
}
