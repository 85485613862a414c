import type { Actor } from '@repo/foundation/context';
import { requireOrganization, requireUser } from '@repo/foundation/organization';
import { route } from 'slipway/server';
import { z } from 'zod';
import type { Context } from '../context.ts';
import { setLogo } from '../organization/settings.ts';
import { setPicture } from '../profile/set-picture.ts';
import type { PhotoestateRuntime } from '../runtime.ts';
import { requestContext } from '../session.ts';
import { asRejection, type Caller } from './caller.ts';

/** What browsers show, and Slipway makes smaller ones of. No SVG: it is a page of its own. */
const TYPES = ['image/jpeg', 'image/png', 'image/webp', 'image/avif'];
const MAX_SIZE = 10_000_000;
const ONE = { types: TYPES, maxSize: MAX_SIZE, maxFiles: 1 };

/** Pictures of people and logos of organizations: what is shown of them is made smaller, without metadata. */
export function createPictureRoutes(
  runtime: PhotoestateRuntime,
  callerOf: (request: Request) => Caller,
) {
  async function ask<T>(request: Request, allowed: (ctx: Context) => Promise<T> | T): Promise<T> {
    const ctx = await requestContext(runtime, { headers: request.headers, ...callerOf(request) });
    try {
      return await allowed(ctx);
    } catch (error) {
      throw asRejection(error);
    }
  }
  /** The token names who asked; whether they still may is asked again. */
  const later = (request: Request, userId: string): Context => {
    const actor: Actor = { type: 'user', userId, email: '' };
    return runtime.context({ actor, ...callerOf(request) });
  };
  const profilePicture = route(ONE)
    .authorize(({ request }) =>
      ask(request, (ctx) => ({ kind: 'profile-picture', userId: requireUser(ctx) })),
    )
    .onComplete(async ({ request, metadata, file }) => {
      await setPicture(later(request, metadata.userId), file.id);
      return { fileId: file.id };
    });
  const organizationLogo = route({ ...ONE, input: z.object({ organizationId: z.string() }) })
    .authorize(({ request, input: { organizationId } }) =>
      ask(request, async (ctx) => {
        await requireOrganization(ctx, organizationId, 'organization.manage');
        return { kind: 'logo', organizationId, userId: requireUser(ctx) };
      }),
    )
    .onComplete(async ({ request, metadata, file }) => {
      const { organizationId, userId } = metadata;
      await setLogo(later(request, userId), { organizationId, fileId: file.id });
      return { fileId: file.id };
    });
  return { profilePicture, organizationLogo };
}
