import { randomToken } from '@repo/foundation/ids';
import { requireProject } from '../project/internal.ts';
import { appIdOf, ingestUrl } from './addresses.ts';
import { PrepareUpload } from './rest-schema.ts';
import { signUrl } from './signed-url.ts';
import type { UploadthingCaller } from './verify-key.ts';

const KEY_LENGTH = 48;

/** The URL of an upload for servers that do not sign URLs themselves. Rules are asked when it begins. */
export async function prepareUpload({ ctx, project, key }: UploadthingCaller, input: unknown) {
  await requireProject(ctx, project.id, 'file.upload');
  const wish = PrepareUpload.parse(input);
  const fileKey = randomToken(KEY_LENGTH);
  const { fileType, slug, customId, acl } = wish;
  const url = signUrl(ctx, {
    key,
    url: `${ingestUrl(ctx)}/${fileKey}`,
    expires: new Date(ctx.now().getTime() + wish.expiresIn * 1000),
    data: {
      'x-ut-identifier': appIdOf(project),
      'x-ut-file-name': wish.fileName,
      'x-ut-file-size': String(wish.fileSize),
      'x-ut-content-disposition': wish.contentDisposition,
      ...(fileType === undefined ? {} : { 'x-ut-file-type': fileType }),
      ...(slug === undefined ? {} : { 'x-ut-slug': slug }),
      ...(customId ? { 'x-ut-custom-id': customId } : {}),
      ...(acl === undefined ? {} : { 'x-ut-acl': acl }),
    },
  });
  return { key: fileKey, url };
}
