import type { SlipwayContext } from '../context.ts';
import type { Project } from '../project/table.ts';
import { API_PATH, appIdOf, ingestUrl } from './addresses.ts';

/** What an app's environment needs, but for the token. */
export interface UploadthingVariables {
  UPLOADTHING_API_URL: string;
  UPLOADTHING_INGEST_URL: string;
  UPLOADTHING_UFS_HOST: string;
  UPLOADTHING_UTFS_HOST: string;
  UPLOADTHING_UFS_APP_ID_LOCATION: 'path';
}

export function variablesOf(ctx: SlipwayContext): UploadthingVariables {
  const host = ufsHost(ctx.config.filesUrl);
  return {
    UPLOADTHING_API_URL: `${ctx.config.publicUrl}${API_PATH}`,
    UPLOADTHING_INGEST_URL: ingestUrl(ctx),
    UPLOADTHING_UFS_HOST: host,
    UPLOADTHING_UTFS_HOST: host,
    UPLOADTHING_UFS_APP_ID_LOCATION: 'path',
  };
}

/** The SDK believes in http only where a host has `local` in its name. */
function ufsHost(filesUrl: string): string {
  const url = new URL(filesUrl);
  if (url.protocol === 'http:' && url.hostname === '127.0.0.1') url.hostname = 'localhost';
  return url.host;
}

/** `UPLOADTHING_TOKEN` of a key, at the moment in which it is shown. */
export function tokenOf(
  ctx: SlipwayContext,
  { project, key }: { project: Pick<Project, 'id'>; key: string },
): string {
  const token = {
    apiKey: key,
    appId: appIdOf(project),
    // Names that the SDK asks for. It uses neither where UPLOADTHING_INGEST_URL is set.
    regions: ['slipway'],
    ingestHost: new URL(ctx.config.publicUrl).host,
  };
  return Buffer.from(JSON.stringify(token)).toString('base64');
}
