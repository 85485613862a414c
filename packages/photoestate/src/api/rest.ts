import { z } from '@hono/zod-openapi';
import type { KernelEnv } from '@repo/foundation/http';
import { errorResponder } from '@repo/foundation/rest';
import { anyId, queryNumber } from '@repo/foundation/text';
import type { Context as HonoContext } from 'hono';
import type { Context } from '../context.ts';

export { json, security } from '@repo/foundation/rest';

/** The context in which a request's key acts, and whose key it is. */
export type KeyContext = (c: HonoContext<KernelEnv>) => { ctx: Context; organizationId: string };

/** What each status says of a call with a key. */
export const errorResponses = errorResponder({
  400: 'The request is not valid',
  401: 'The key is missing or wrong',
  402: 'There are too few credits; nothing was started',
  403: 'The scopes of the key do not have the permission',
  404: 'There is no such thing in this organization',
  409: 'It conflicts with the present state',
  422: 'It was understood, and cannot be done with these photos',
  503: 'The storage of the photos does not answer right now',
});

/** A part of the address. */
export const inPath = (name: string, example: string) =>
  anyId.openapi({ param: { name, in: 'path' }, example });

export const ListingParams = z.object({
  listingId: inPath('listingId', 'lst_8gKq2ZrT0yVbN4mXc1LwHd'),
});
export const PhotoParams = z.object({ photoId: inPath('photoId', 'pho_8gKq2ZrT0yVbN4mXc1LwHd') });
export const SceneParams = z.object({ sceneId: inPath('sceneId', 'scn_8gKq2ZrT0yVbN4mXc1LwHd') });
export const EnhancementParams = z.object({
  enhancementId: inPath('enhancementId', 'enh_8gKq2ZrT0yVbN4mXc1LwHd'),
});

export const time = z.iso.datetime();
export const timeOf = (at: Date): string => at.toISOString();
export const timeOrNull = (at: Date | null): string | null => at?.toISOString() ?? null;

/** A single line, for readers of the description: not every language knows classes of characters. */
const IN_LINE = String.raw`[^\u0000-\u001f\u007f-\u009f\u2028\u2029]`;
export const ONE_LINE = { pattern: `^${IN_LINE}*$` };
/** The same, and not blank. */
export const LINE_WITH_TEXT = {
  pattern: `^${IN_LINE}*[^\\s\\u0000-\\u001f\\u007f-\\u009f\\u2028\\u2029]${IN_LINE}*$`,
};

/** One page after another, by the cursor of the page before. */
export const pageQuery = {
  cursor: z.string().max(1000, 'expected at most 1000 characters').optional().openapi({
    description: 'The nextCursor of the page before',
  }),
  limit: queryNumber('expected a number', (number) => number.int().min(1).max(100)).default(50),
};

/** One page of a list, under its name in the description. */
export const pageOf = <S extends z.ZodType>(name: string, item: S) =>
  z
    .object({
      data: z.array(item),
      nextCursor: z.string().nullable().openapi({ description: 'Null on the last page' }),
    })
    .openapi(name);
