import type { Db } from '../db/index.ts';
import type { Logger } from '../telemetry/index.ts';

/** Who acts. A closed union: audit, scope and attribution are one `switch`. */
export type Actor =
  | UserActor
  | ApiKeyActor
  | { type: 'system'; job: string }
  | { type: 'anonymous' };

interface UserActor {
  type: 'user';
  userId: string;
  email: string;
  /** The session that asks; none for what happens for a user later. */
  sessionId?: string | undefined;
}

export interface ApiKeyActor {
  type: 'api_key';
  keyId: string;
  /** What it belongs to: a project of Slipway, an organization of PhotoEstate Pro. */
  ownerId: string;
  /** As its people call it. */
  name: string;
  scopes: readonly string[];
  /** What it makes is for trying out. */
  isTest: boolean;
}

/** What every verb gets first. Transports build it; verbs know nothing of transports. */
export interface BaseContext {
  actor: Actor;
  db: Db;
  now: () => Date;
  log: Logger;
  requestId: string;
  /** Address of the client, when a request is behind this call. */
  ip: string | null;
}

/** The actor's id for audit entries and attribution. */
export function actorId(actor: Actor): string | null {
  switch (actor.type) {
    case 'user':
      return actor.userId;
    case 'api_key':
      return actor.keyId;
    case 'system':
      return actor.job;
    case 'anonymous':
      return null;
  }
}
