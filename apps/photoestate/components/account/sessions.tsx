'use client';

import { SessionsCard } from '@repo/ui/account/sessions-card';
import { Card } from '@repo/ui/card';
import { Skeleton } from '@repo/ui/skeleton';
import { toast } from '@repo/ui/toaster';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { describeError, useTRPC } from '../../lib/trpc.ts';
import { LoadFailed } from '../load-failed.tsx';

export function Sessions() {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const sessions = useQuery(trpc.account.sessions.queryOptions());
  const settle = {
    onError: (error: unknown) =>
      toast.error('Not ended', { description: describeError(error).message }),
    onSettled: () => queries.invalidateQueries({ queryKey: trpc.account.sessions.queryKey() }),
  };
  const end = useMutation(trpc.account.endSession.mutationOptions(settle));
  const endOthers = useMutation(trpc.account.endOtherSessions.mutationOptions(settle));
  if (sessions.error && !sessions.data)
    return (
      <Card>
        <LoadFailed titled title="Your sessions could not be loaded" queries={[sessions]} />
      </Card>
    );
  if (!sessions.data)
    return (
      <div aria-busy="true">
        <Skeleton className="h-40 rounded-lg" />
      </div>
    );
  return (
    <SessionsCard
      sessions={sessions.data}
      onEnd={(sessionId) => end.mutate({ sessionId })}
      onEndOthers={() => endOthers.mutate()}
      busy={endOthers.isPending ? 'others' : end.isPending ? end.variables.sessionId : undefined}
    />
  );
}
