'use client';

import { Badge } from '@repo/ui/badge';
import { Button } from '@repo/ui/button';
import { ConfirmDialog } from '@repo/ui/confirm-dialog';
import { RelativeTime } from '@repo/ui/time';
import { toast } from '@repo/ui/toaster';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { type ApiKey, describeError, useTRPC } from '../../lib/trpc.ts';
import type { MadeKey } from './reveal-key.tsx';
import { scopeWords } from './scopes.ts';

type Props = { organizationId: string; apiKey: ApiKey; onMade: (made: MadeKey) => void };

export function KeyRow({ organizationId, apiKey, onMade }: Props) {
  const { name, prefix, last4, scopes, createdAt, createdByName, lastUsedAt } = apiKey;
  return (
    <li className="flex flex-wrap items-start gap-3 px-5 py-4">
      <div className="min-w-0 flex-1 basis-64">
        <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <h3 className="truncate font-medium text-sm">{name}</h3>
          <Badge tone={scopes.includes('admin') ? 'info' : 'neutral'}>{scopeWords(scopes)}</Badge>
          {apiKey.rolledTo ? <Badge tone="warning">Rolled</Badge> : null}
          {apiKey.isOver ? <Badge tone="danger">Expired</Badge> : null}
        </div>
        <code className="mt-1 block truncate font-mono text-[13px] text-muted-foreground">
          {prefix}
          <span aria-hidden="true">••••••••••••</span>
          <span className="sr-only"> hidden, ending in </span>
          {last4}
        </code>
        <p className="mt-1 text-muted-foreground text-xs">
          Created <RelativeTime value={createdAt} />
          {createdByName ? ` by ${createdByName}` : ''} ·{' '}
          {lastUsedAt ? (
            <>
              last used <RelativeTime value={lastUsedAt} />
            </>
          ) : (
            'never used'
          )}
        </p>
      </div>
      <KeyActions organizationId={organizationId} apiKey={apiKey} onMade={onMade} />
    </li>
  );
}

function KeyActions({ organizationId, apiKey, onMade }: Props) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const [asked, setAsked] = useState<'roll' | 'revoke'>();
  const refresh = () => queries.invalidateQueries({ queryKey: trpc.apiKey.pathKey() });
  const close = () => setAsked(undefined);
  const roll = useMutation(
    trpc.apiKey.roll.mutationOptions({
      onSuccess: ({ key }) => {
        void refresh();
        close();
        onMade({ name: apiKey.name, secret: key });
      },
    }),
  );
  const revoke = useMutation(
    trpc.apiKey.revoke.mutationOptions({
      onSuccess: () => {
        toast.success('Key revoked', { description: apiKey.name });
        void refresh();
      },
    }),
  );
  const ref = { organizationId, keyId: apiKey.id };
  const named = `${apiKey.name}, ending in ${apiKey.last4}`;
  const canRoll = apiKey.rolledTo === null && !apiKey.isOver;
  const shared = { open: true, onOpenChange: (open: boolean) => (open ? undefined : close()) };
  return (
    <div className="flex gap-2">
      {canRoll ? (
        <Button size="sm" aria-label={`Roll ${named}`} onClick={() => setAsked('roll')}>
          Roll
        </Button>
      ) : null}
      <Button size="sm" aria-label={`Revoke ${named}`} onClick={() => setAsked('revoke')}>
        Revoke
      </Button>
      {asked === 'roll' ? (
        <ConfirmDialog
          {...shared}
          tone="primary"
          title={`Roll “${apiKey.name}”?`}
          description="A new key with the same name and permissions takes its place. The old one works for 24 hours more."
          confirmLabel="Roll key"
          busy={roll.isPending}
          error={roll.error ? describeError(roll.error).message : undefined}
          onConfirm={() => roll.mutate({ ...ref, overlapHours: 24 })}
        />
      ) : null}
      {asked === 'revoke' ? (
        <ConfirmDialog
          {...shared}
          title={`Revoke “${apiKey.name}”?`}
          description="It stops working at once, and cannot be brought back. To change it without an interruption, roll it."
          confirmLabel="Revoke key"
          busy={revoke.isPending}
          error={revoke.error ? describeError(revoke.error).message : undefined}
          onConfirm={() => revoke.mutate(ref)}
        />
      ) : null}
    </div>
  );
}
