import type { SlipwayContext } from '../context.ts';
import type { Project } from '../project/table.ts';

export const INGEST_PATH = '/uploadthing/ingest';
export const API_PATH = '/uploadthing/api';
/** Where files are: `/a/<app>/<key>`. */
export const FILES_PATH = '/a';

/** The app's id in UploadThing's words. */
export const appIdOf = ({ id }: Pick<Project, 'id'>) => id;

export const ingestUrl = ({ config }: SlipwayContext) => `${config.publicUrl}${INGEST_PATH}`;

/** A file's lasting address; `key` may be any of its keys, or its customId. */
export function fileAddress({ config }: SlipwayContext, projectId: string, key: string): string {
  const path = key.split('/').map(encodeURIComponent).join('/');
  return `${config.filesUrl}${FILES_PATH}/${projectId}/${path}`;
}

/** The same address in all the shapes that SDKs of this line ask for. */
export function fileUrls(ctx: SlipwayContext, projectId: string, key: string) {
  const address = fileAddress(ctx, projectId, key);
  return { url: address, appUrl: address, ufsUrl: address };
}
