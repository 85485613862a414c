import { user } from '@repo/foundation/auth';
import { AppError } from '@repo/foundation/errors';
import { member } from '@repo/foundation/organization';
import type { SignedParams } from '@repo/foundation/url-signer';
import { and, eq, isNull } from 'drizzle-orm';
import type { Context } from '../context.ts';
import { appError } from '../errors.ts';
import { type ListingRow, listing } from '../listing/table.ts';
import { type Branding, brandingOf } from '../organization/branding.ts';
import { ROLE_PERMISSIONS } from '../permission.ts';
import { stateOf } from './internal.ts';
import { hashToken } from './link.ts';
import { isPin } from './pin.ts';
import { type DeliveryRow, delivery, type GalleryVisitorRow, galleryVisitor } from './table.ts';

/** How long a browser that came in need not show its PIN again. */
const PASS_DAYS = 90;
/** How long addresses of pictures work, at least; they are asked about each time all the same. */
const TICKET_HOURS = 24;

/** A delivery that somebody may look at, and who that is. */
export interface Visit {
  delivery: DeliveryRow;
  listing: ListingRow;
  /** How the studio shows itself. */
  branding: Branding;
  /** Of the studio: it looks without being counted. */
  studio: boolean;
  /** A member who came in by being signed in, not by the link. */
  memberId: string | null;
  /** Null until it was counted. */
  visitor: GalleryVisitorRow | null;
}

export type Found = Pick<Visit, 'delivery' | 'listing' | 'branding'>;

/** What was never there, ended, and was revoked have one answer. */
export function galleryGone() {
  return appError('not_found', 'There is no gallery at this address, or not any more.');
}

/** @throws `not_found` */
export async function findGallery(
  ctx: Context,
  by: { token: string } | { id: string },
): Promise<Found> {
  const is = 'token' in by ? eq(delivery.tokenHash, hashToken(by.token)) : eq(delivery.id, by.id);
  const [found] = await ctx.db
    .select({ delivery, listing })
    .from(delivery)
    .innerJoin(listing, eq(listing.id, delivery.listingId))
    .where(and(is, isNull(listing.deletedAt)));
  if (found === undefined || stateOf(found.delivery, ctx.now()) !== 'open') throw galleryGone();
  return { ...found, branding: await brandingOf(ctx.db, found.delivery.organizationId) };
}

/**
 * What a member may do with a delivery: the studio's people look after all of them, clients see what was
 * delivered to their address, and to everybody else there is nothing.
 */
async function standingOf(
  ctx: Context,
  row: Pick<DeliveryRow, 'organizationId' | 'recipients'>,
  userId: string,
): Promise<'studio' | 'client' | null> {
  const [found] = await ctx.db
    .select({ role: member.role, email: user.email })
    .from(member)
    .innerJoin(user, eq(user.id, member.userId))
    .where(and(eq(member.organizationId, row.organizationId), eq(member.userId, userId)));
  if (found === undefined) return null;
  const permissions = Object.entries(ROLE_PERMISSIONS).find(([role]) => role === found.role)?.[1];
  if (permissions?.includes('delivery.manage')) return 'studio';
  const told = row.recipients.includes(found.email.toLowerCase());
  return told && permissions?.includes('gallery.read') ? 'client' : null;
}

/** The key to a gallery, in a cookie of its own. */
export interface Pass {
  name: string;
  /** Undefined when the browser sent none. */
  value: string | undefined;
}

const PASS_PREFIX = 'pe_';
export const passName = (deliveryId: string) => `${PASS_PREFIX}${deliveryId}`;

/** Of those that a browser sends with each request; Node takes heads of 16 KiB in all. */
const MOST_PASSES = 20;

/** Names of the passes that a browser has to forget when it gets another one: those that were given first. */
export function passesToDrop(cookies: Readonly<Record<string, string>>, added: string): string[] {
  const expires = (value: string) => Number(new URLSearchParams(value).get('expires')) || 0;
  return Object.entries(cookies)
    .filter(([name]) => name.startsWith(PASS_PREFIX) && name !== added)
    .sort(([, a], [, b]) => expires(b) - expires(a))
    .slice(MOST_PASSES - 1)
    .map(([name]) => name);
}

/** Reads the value of a cookie by its name. */
export type ReadCookie = (name: string) => string | undefined;

/**
 * By the link; with a PIN, that too, unless this browser showed it before.
 *
 * @throws `not_found`; `pin_required`; `pin_wrong`, which transports have to limit.
 */
export async function enterByLink(
  ctx: Context,
  { token, pin, cookie }: { token: string; pin?: string | undefined; cookie: ReadCookie },
): Promise<Visit> {
  const found = await findGallery(ctx, { token });
  const { delivery: row } = found;
  const userId = ctx.actor.type === 'user' ? ctx.actor.userId : null;
  const studio = userId !== null && (await standingOf(ctx, row, userId)) === 'studio';
  if (studio) return { ...found, studio, memberId: userId, visitor: null };
  const pass = readPass(ctx, row, cookie(passName(row.id)));
  const visitor = await visitorOf(ctx, row, pass);
  if (pass === null && row.pinHash !== null) {
    if (pin === undefined) throw appError('pin_required', 'This gallery asks for a PIN.');
    if (!(await isPin(pin, row.pinHash))) throw appError('pin_wrong', 'This is not its PIN.');
  }
  return { ...found, studio, memberId: null, visitor };
}

/** By being signed in: what was delivered to a client, or any of one's own studio. */
export async function enterAsMember(ctx: Context, deliveryId: string): Promise<Visit> {
  if (ctx.actor.type !== 'user') throw appError('unauthenticated', 'Sign in first.');
  const { userId } = ctx.actor;
  const found = await findGallery(ctx, { id: deliveryId });
  const standing = await standingOf(ctx, found.delivery, userId);
  if (standing === null) throw galleryGone();
  const studio = standing === 'studio';
  const [visitor] = studio
    ? []
    : await ctx.db
        .select()
        .from(galleryVisitor)
        .where(and(eq(galleryVisitor.deliveryId, deliveryId), eq(galleryVisitor.userId, userId)));
  return { ...found, studio, memberId: userId, visitor: visitor ?? null };
}

/** Whoever opened it already goes on: by their pass, or by being signed in. */
export async function continueVisit(
  ctx: Context,
  { deliveryId, cookie }: { deliveryId: string; cookie: ReadCookie },
): Promise<Visit> {
  const found = await findGallery(ctx, { id: deliveryId });
  const pass = readPass(ctx, found.delivery, cookie(passName(deliveryId)));
  const visitor = await visitorOf(ctx, found.delivery, pass);
  if (visitor === null) {
    if (ctx.actor.type !== 'user') throw galleryGone();
    return enterAsMember(ctx, deliveryId);
  }
  return { ...found, studio: false, memberId: null, visitor };
}

export function issuePass(
  ctx: Context,
  visit: Visit,
  visitorId: string,
): Pass & { maxAge: number } {
  const { id, pass } = visit.delivery;
  const maxAge = PASS_DAYS * 86_400;
  const signed = ctx.signer.sign({
    purpose: 'gallery pass',
    path: id,
    params: { pass: String(pass), visitor: visitorId },
    expires: Math.floor(ctx.now().getTime() / 1000) + maxAge,
  });
  return { name: passName(id), value: signed.slice(id.length + 1), maxAge };
}

function readPass(ctx: Context, row: DeliveryRow, value: string | undefined): SignedParams | null {
  if (value === undefined) return null;
  const params = verified(ctx, { purpose: 'gallery pass', path: row.id, query: value });
  return params?.['pass'] === String(row.pass) ? params : null;
}

async function visitorOf(ctx: Context, row: DeliveryRow, pass: SignedParams | null) {
  if (pass === null) return null;
  const [found] = await ctx.db
    .select()
    .from(galleryVisitor)
    .where(
      and(
        eq(galleryVisitor.id, pass['visitor'] ?? ''),
        eq(galleryVisitor.deliveryId, row.id),
        isNull(galleryVisitor.userId),
      ),
    );
  return found ?? null;
}

const ticketPath = (deliveryId: string) => `/galleries/${deliveryId}`;

/** For addresses of pictures, which are the same for an hour, so that browsers may keep what they show. */
export function issueTicket(ctx: Context, { delivery: row, memberId }: Visit): string {
  const path = ticketPath(row.id);
  const hour = Math.ceil(ctx.now().getTime() / 3_600_000);
  const params = {
    pass: String(row.pass),
    ...(memberId === null ? {} : { member: memberId }),
  };
  const expires = (hour + TICKET_HOURS) * 3600;
  const signed = ctx.signer.sign({ purpose: 'gallery ticket', path, params, expires });
  return signed.slice(path.length + 1);
}

/** @throws `not_found`, whatever is wrong with it: also when the delivery ended, or the member left, since. */
export async function enterByTicket(
  ctx: Context,
  { deliveryId, query }: { deliveryId: string; query: string },
): Promise<Found> {
  const path = ticketPath(deliveryId);
  const params = verified(ctx, { purpose: 'gallery ticket', path, query });
  if (params === null) throw galleryGone();
  const found = await findGallery(ctx, { id: deliveryId });
  if (params['pass'] !== String(found.delivery.pass)) throw galleryGone();
  const memberId = params['member'];
  if (memberId !== undefined && (await standingOf(ctx, found.delivery, memberId)) === null) {
    throw galleryGone();
  }
  return found;
}

function verified(
  ctx: Context,
  { purpose, path, query }: { purpose: string; path: string; query: string },
): SignedParams | null {
  try {
    return ctx.signer.verify({ purpose, path, query: new URLSearchParams(query), now: ctx.now() });
  } catch (error) {
    if (error instanceof AppError) return null;
    throw error;
  }
}
