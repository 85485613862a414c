import { readFileSync } from 'node:fs';

export interface Identity {
  readonly uid: number;
  readonly gid: number;
}

/**
 * Postgres refuses to run as root, so root lends it an unprivileged user.
 * Undefined means: we are that ordinary user already.
 */
export function serverIdentity(): Identity | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const users = readPasswd();
  return users.get('postgres') ?? users.get('nobody') ?? { uid: 65534, gid: 65534 };
}

function readPasswd(): Map<string, Identity> {
  const users = new Map<string, Identity>();
  let text = '';
  try {
    text = readFileSync('/etc/passwd', 'utf8');
  } catch {
    return users;
  }
  for (const line of text.split('\n')) {
    const [name, , uid, gid] = line.split(':');
    if (name && Number(uid) > 0 && Number(gid) > 0) {
      users.set(name, { uid: Number(uid), gid: Number(gid) });
    }
  }
  return users;
}
