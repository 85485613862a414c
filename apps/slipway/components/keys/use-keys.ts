import { useQueryClient } from '@tanstack/react-query';
import { useTRPC } from '../../lib/trpc.ts';

/** Loads the keys again, after one of them changed. */
export function useRefreshKeys(projectId: string) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  return () => queries.invalidateQueries({ queryKey: trpc.apiKey.list.queryKey({ projectId }) });
}
