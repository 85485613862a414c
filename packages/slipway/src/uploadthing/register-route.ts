import { isStorableText, STORABLE_TEXT } from '@repo/foundation/text';
import { z } from 'zod';
import { postpone } from '../callback/settle.ts';
import { slipwayError } from '../errors.ts';
import { requireProject } from '../project/internal.ts';
import { loadCallback } from './callback-message.ts';
import { FileKey } from './file-key.ts';
import { uploadthingRoute } from './table.ts';
import { Slug } from './upload-grant.ts';
import type { UploadthingCaller } from './verify-key.ts';

const isStorable = (value: unknown): boolean => isStorableText(JSON.stringify(value));

export const RegisterRoute = z.object({
  fileKeys: z.array(FileKey).min(1).max(100, 'expected at most 100 files'),
  metadata: z
    .record(z.string(), z.unknown())
    .nullish()
    .transform((value) => value ?? {})
    .refine((value) => !JSON.stringify(value).includes(String.raw`\u0000`), STORABLE_TEXT)
    .refine(isStorable, STORABLE_TEXT),
  isDev: z.boolean().default(false),
  callbackUrl: z.string().max(2_048, 'expected at most 2048 characters'),
  callbackSlug: Slug,
  awaitServerData: z.boolean().default(true),
});
export type RegisterRoute = z.input<typeof RegisterRoute>;

/**
 * A developer's server says what belongs to uploads that it just let begin, and where their end is to
 * be told. Said once: what was registered for a key stays.
 */
export async function registerRoute(
  caller: UploadthingCaller,
  input: RegisterRoute,
): Promise<z.output<typeof RegisterRoute>> {
  const { ctx, project, key } = caller;
  await requireProject(ctx, project.id, 'file.upload');
  const given = RegisterRoute.parse(input);
  const { metadata, isDev, awaitServerData, callbackSlug: slug } = given;
  const callbackUrl = plainUrl(given.callbackUrl);
  for (const fileKey of given.fileKeys) {
    await ctx.db
      .insert(uploadthingRoute)
      .values({
        ...{ projectId: project.id, fileKey, metadata, callbackUrl, slug },
        ...{ isDev, awaitServerData, keyId: key.id, createdAt: ctx.now() },
      })
      .onConflictDoNothing();
    // Its upload may have ended before.
    const found = await loadCallback(ctx, { projectId: project.id, fileKey });
    if (found?.callback.state !== 'pending') continue;
    const { fileId, attempts } = found.callback;
    await postpone(ctx, { fileId, attempts, ms: 0 });
  }
  return given;
}

function plainUrl(text: string): string {
  const url = URL.parse(text);
  if (url !== null && (url.protocol === 'https:' || url.protocol === 'http:')) return url.href;
  throw slipwayError(
    'validation_failed',
    `Expected "callbackUrl" to be an address such as https://example.com/api/uploadthing, received "${text}".`,
  );
}
