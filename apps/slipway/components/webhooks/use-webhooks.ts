import { useQueryClient } from '@tanstack/react-query';
import { useTRPC } from '../../lib/trpc.ts';

/** Loads everything about webhooks again, after something of it changed. */
export function useRefreshWebhooks() {
  const trpc = useTRPC();
  const queries = useQueryClient();
  return () => queries.invalidateQueries({ queryKey: trpc.webhook.pathKey() });
}
