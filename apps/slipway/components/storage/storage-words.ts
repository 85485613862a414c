import type { ProjectStorages } from '../../lib/trpc.ts';

export type Connection = ProjectStorages['connections'][number];
export type Move = NonNullable<ProjectStorages['move']>;

export function nameOf(storages: ProjectStorages, storageId: string | null): string {
  if (storageId === null) return 'Slipway’s own storage';
  return storages.connections.find(({ id }) => id === storageId)?.name ?? 'a former storage';
}

/** `bucket at host`, short enough for a line. */
export function addressOf({ address }: Pick<Connection, 'address'>): string {
  const { bucket, endpoint, region } = address;
  return `${bucket} · ${endpoint === null ? `Amazon S3, ${region}` : new URL(endpoint).host}`;
}
