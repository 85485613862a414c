import type { z } from 'zod';
import { requireProject } from '../project/internal.ts';
import { API_PATH, fileAddress } from './addresses.ts';
import { registerRoute } from './register-route.ts';
import { PrepareRouteUploads, PrepareUpload, PrepareUploads } from './rest-schema.ts';
import { signUpload } from './sign-upload.ts';
import type { UploadthingCaller } from './verify-key.ts';

const HOUR_SECONDS = 3_600;

/** The URL of an upload for servers that do not sign URLs themselves. */
export async function prepareUpload(caller: UploadthingCaller, input: unknown) {
  await requireProject(caller.ctx, caller.project.id, 'file.upload');
  const { fileName, fileSize, fileType, ...wish } = PrepareUpload.parse(input);
  return signUpload(caller, { ...wish, name: fileName, size: fileSize, type: fileType });
}

/** Those of several, as version 6 has it: a form is posted to each. */
export async function prepareUploads(caller: UploadthingCaller, input: unknown) {
  await requireProject(caller.ctx, caller.project.id, 'file.upload');
  return { data: presign(caller, PrepareUploads.parse(input)) };
}

/** The same for a route of the app’s server, which is told of their end. */
export async function prepareRouteUploads(caller: UploadthingCaller, input: unknown) {
  await requireProject(caller.ctx, caller.project.id, 'file.upload');
  const { callbackUrl, callbackSlug, metadata, ...wish } = PrepareRouteUploads.parse(input);
  const prepared = presign(caller, wish, callbackSlug);
  const fileKeys = prepared.map(({ key }) => key);
  await registerRoute(caller, { fileKeys, metadata, callbackUrl, callbackSlug });
  return prepared;
}

type Wishes = z.output<typeof PrepareUploads>;

function presign(caller: UploadthingCaller, wishes: Wishes, slug?: string) {
  const { ctx, project } = caller;
  const { acl, contentDisposition } = wishes;
  return wishes.files.map((wish) => {
    const all = { ...wish, slug, acl, contentDisposition, expiresIn: HOUR_SECONDS };
    const { key, url } = signUpload(caller, all);
    return {
      key,
      url,
      // What is to be posted before the file, which is nothing: the URL says it all.
      fields: {},
      fileName: wish.name,
      fileType: wish.type ?? '',
      fileUrl: fileAddress(ctx, project.id, key),
      customId: wish.customId ?? null,
      contentDisposition,
      pollingUrl: `${ctx.config.publicUrl}${API_PATH}/v6/pollUpload/${key}`,
      // Polls bring the app’s key.
      pollingJwt: '',
    };
  });
}
