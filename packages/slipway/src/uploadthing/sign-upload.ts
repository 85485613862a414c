import { randomToken } from '@repo/foundation/ids';
import { appIdOf, ingestUrl } from './addresses.ts';
import { signUrl } from './signed-url.ts';
import type { Acl, DISPOSITIONS } from './table.ts';
import type { UploadthingCaller } from './verify-key.ts';

const KEY_LENGTH = 48;

export interface UploadWish {
  name: string;
  size: number;
  type?: string | undefined;
  slug?: string | undefined;
  customId?: string | undefined;
  contentDisposition: (typeof DISPOSITIONS)[number];
  acl?: Acl | undefined;
  expiresIn: number;
}

/** A new key and the URL to send its file to. The rules are asked when the upload begins. */
export function signUpload({ ctx, project, key }: UploadthingCaller, wish: UploadWish) {
  const { type, slug, customId, acl } = wish;
  const fileKey = randomToken(KEY_LENGTH);
  const url = signUrl(ctx, {
    key,
    url: `${ingestUrl(ctx)}/${fileKey}`,
    expires: new Date(ctx.now().getTime() + wish.expiresIn * 1000),
    data: {
      'x-ut-identifier': appIdOf(project),
      'x-ut-file-name': wish.name,
      'x-ut-file-size': String(wish.size),
      'x-ut-content-disposition': wish.contentDisposition,
      ...(type === undefined ? {} : { 'x-ut-file-type': type }),
      ...(slug === undefined ? {} : { 'x-ut-slug': slug }),
      ...(customId === undefined ? {} : { 'x-ut-custom-id': customId }),
      ...(acl === undefined ? {} : { 'x-ut-acl': acl }),
    },
  });
  return { key: fileKey, url };
}
