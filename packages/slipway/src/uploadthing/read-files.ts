import { slipwayError } from '../errors.ts';
import { requireProject } from '../project/internal.ts';
import { usageOf } from '../usage/usage-of.ts';
import { appIdOf, fileAddress, fileUrls } from './addresses.ts';
import { findFiles, keyOf } from './find-file.ts';
import { Names, namesOf, RequestAccess } from './rest-schema.ts';
import { signUrl } from './signed-url.ts';
import type { UploadthingCaller } from './verify-key.ts';

/** Lasting addresses of those there are of these. */
export async function getUploadthingUrls({ ctx, project }: UploadthingCaller, input: unknown) {
  await requireProject(ctx, project.id, 'file.read');
  const found = await findFiles(ctx, { projectId: project.id, names: Names.parse(input) });
  const ready = found.filter(({ row }) => row.status === 'ready');
  return {
    data: ready.map((each) => ({ key: keyOf(each), ...fileUrls(ctx, project.id, keyOf(each)) })),
  };
}

/** An address that opens a private file until it expires. */
export async function requestUploadthingAccess(caller: UploadthingCaller, input: unknown) {
  const { ctx, project, key } = caller;
  await requireProject(ctx, project.id, 'file.read');
  const { expiresIn, ...name } = RequestAccess.parse(input);
  const [found] = await findFiles(ctx, { projectId: project.id, names: namesOf(name) });
  if (found?.row.status !== 'ready')
    throw slipwayError('not_found', `There is no file "${name.fileKey ?? name.customId}".`);
  const url = signUrl(ctx, {
    key,
    url: fileAddress(ctx, project.id, keyOf(found)),
    expires: new Date(ctx.now().getTime() + expiresIn * 1000),
  });
  return { url, ufsUrl: url };
}

/** Of this app; without a limit of its own as much as a number holds. */
export async function getUploadthingUsage({ ctx, project }: UploadthingCaller) {
  await requireProject(ctx, project.id, 'usage.read');
  const { files, bytes } = await usageOf(ctx.db, project.id);
  return {
    totalBytes: bytes,
    appTotalBytes: bytes,
    filesUploaded: files,
    limitBytes: project.rules.maxTotalSize ?? Number.MAX_SAFE_INTEGER,
  };
}

export async function getUploadthingApp({ ctx, project }: UploadthingCaller) {
  await requireProject(ctx, project.id, 'project.read');
  return {
    appId: appIdOf(project),
    defaultACL: project.rules.visibility === 'public' ? 'public-read' : 'private',
    allowACLOverride: true,
  };
}
