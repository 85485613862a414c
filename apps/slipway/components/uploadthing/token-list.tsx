'use client';

import { Badge } from '@repo/ui/badge';
import { Button } from '@repo/ui/button';
import { ConfirmDialog } from '@repo/ui/confirm-dialog';
import { RelativeTime, TimeLeft } from '@repo/ui/time';
import { toast } from '@repo/ui/toaster';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { describeError, type UploadthingSettings, useTRPC } from '../../lib/trpc.ts';

type Key = UploadthingSettings['keys'][number];

/** The keys in tokens that work now. */
export function TokenList({ projectId, keys }: { projectId: string; keys: Key[] }) {
  const [chosen, setChosen] = useState<Key>();
  return (
    <>
      <ul className="divide-y border-t">
        {keys.map((each) => (
          <li key={each.id} className="flex items-center gap-3 px-5 py-3">
            <div className="min-w-0 flex-1">
              <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
                <code className="truncate font-mono text-[13px]">
                  {each.prefix}
                  <span aria-hidden="true">••••••••</span>
                  <span className="sr-only"> hidden, ending in </span>
                  {each.last4}
                </code>
                {each.expiresAt ? (
                  <Badge tone="warning">
                    Rolled: works for <TimeLeft value={each.expiresAt} />
                  </Badge>
                ) : null}
              </div>
              <p className="mt-1 text-muted-foreground text-xs">
                Created <RelativeTime value={each.createdAt} /> ·{' '}
                {each.lastUsedAt ? (
                  <>
                    last used <RelativeTime value={each.lastUsedAt} />
                  </>
                ) : (
                  'never used'
                )}
              </p>
            </div>
            <Button
              variant="ghost"
              size="sm"
              aria-label={`Revoke the token whose key ends in ${each.last4}`}
              onClick={() => setChosen(each)}
            >
              Revoke
            </Button>
          </li>
        ))}
      </ul>
      {chosen ? (
        <RevokeToken projectId={projectId} chosen={chosen} onClose={() => setChosen(undefined)} />
      ) : null}
    </>
  );
}

function RevokeToken(props: { projectId: string; chosen: Key; onClose: () => void }) {
  const { projectId, chosen, onClose } = props;
  const trpc = useTRPC();
  const queries = useQueryClient();
  const revoke = useMutation(
    trpc.uploadthing.revokeKey.mutationOptions({
      onSuccess: async () => {
        await queries.invalidateQueries({ queryKey: trpc.uploadthing.get.queryKey({ projectId }) });
        toast.success('Token revoked');
        onClose();
      },
    }),
  );
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => (open ? undefined : onClose())}
      title="Revoke this token?"
      description={`Apps with the key ending in ${chosen.last4} stop working at once, and so do the upload and file URLs that they signed. To change it without an interruption, roll it.`}
      confirmLabel="Revoke token"
      busy={revoke.isPending}
      error={revoke.error ? describeError(revoke.error).message : undefined}
      onConfirm={() => revoke.mutate({ projectId, keyId: chosen.id })}
    />
  );
}
