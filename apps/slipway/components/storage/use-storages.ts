import { useQueryClient } from '@tanstack/react-query';
import { useTRPC } from '../../lib/trpc.ts';

/** After a change: what is shown of storages is asked for again. */
export function useRefreshStorages(projectId: string): () => Promise<void> {
  const trpc = useTRPC();
  const queries = useQueryClient();
  return () => queries.invalidateQueries({ queryKey: trpc.storage.list.queryKey({ projectId }) });
}
