import type { KeyEnvironment, KeyHome } from '@repo/foundation/api-key';
import type { SlipwayContext } from '../context.ts';
import { refuseTestKey } from '../file/test-mode.ts';
import { KEY_SCOPES, type KeyScope } from '../permission.ts';
import { lockProject, requireProject } from '../project/internal.ts';
import { KEY_LOOK } from './look.ts';
import { apiKey } from './table.ts';

/** Whose the keys are, and who may manage them. */
export const KEYS: KeyHome<SlipwayContext, KeyScope> = {
  ...KEY_LOOK,
  table: apiKey,
  scopes: KEY_SCOPES,
  ownerName: 'project',
  allow: (ctx, projectId) => requireProject(ctx, projectId, 'key.manage'),
  lock: lockProject,
  audited: (projectId) => ({ projectId }),
  requireEnvironment,
};

/** @throws `forbidden` for a test key and a live one: it would be the way into the other world. */
function requireEnvironment(ctx: SlipwayContext, environment: KeyEnvironment): void {
  if (environment === 'live') refuseTestKey(ctx.actor, 'keys that are live');
}
