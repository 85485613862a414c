'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Skeleton } from '../skeleton.tsx';
import { toast } from '../toaster.tsx';
import type { AccountApi, Describe } from './api.ts';
import { LoadProblem } from './load-problem.tsx';
import { SessionsCard } from './sessions-card.tsx';

type Props = {
  api: Pick<AccountApi, 'sessions' | 'endSession' | 'endOtherSessions'>;
  describe: Describe;
};

const queryKey = ['account', 'sessions'];

/** Where the signed-in person is signed in. */
export function Sessions({ api, describe }: Props) {
  const queries = useQueryClient();
  const sessions = useQuery({ queryKey, queryFn: () => api.sessions.query() });
  const settle = {
    onError: (error: unknown) => toast.error('Not ended', { description: describe(error).message }),
    onSettled: () => queries.invalidateQueries({ queryKey }),
  };
  const end = useMutation({
    mutationFn: (sessionId: string) => api.endSession.mutate({ sessionId }),
    ...settle,
  });
  const endOthers = useMutation({ mutationFn: () => api.endOtherSessions.mutate(), ...settle });
  if (sessions.error && !sessions.data)
    return (
      <LoadProblem title="Your sessions could not be loaded" query={sessions} describe={describe} />
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
      onEnd={(sessionId) => end.mutate(sessionId)}
      onEndOthers={() => endOthers.mutate()}
      busy={endOthers.isPending ? 'others' : end.isPending ? end.variables : undefined}
    />
  );
}
