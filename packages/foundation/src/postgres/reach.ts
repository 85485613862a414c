import { statSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Identity } from './identity.ts';

/** Whether `identity` may walk down to `path` (an existing folder) and into it. */
export function canReach(path: string, identity: Identity): boolean {
  for (let folder = path; ; folder = dirname(folder)) {
    if (!mayEnter(folder, identity)) return false;
    if (dirname(folder) === folder) return true;
  }
}

export function mayEnter(folder: string, { uid, gid }: Identity): boolean {
  const stat = statSync(folder);
  if (stat.uid === uid) return (stat.mode & 0o100) !== 0;
  if (stat.gid === gid) return (stat.mode & 0o010) !== 0;
  return (stat.mode & 0o001) !== 0;
}
