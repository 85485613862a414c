'use client';

import { Button } from '@repo/ui/button';
import { Card, CardBody, CardHeader } from '@repo/ui/card';
import { CodeBlock } from '@repo/ui/code-block';
import { ConfirmDialog } from '@repo/ui/confirm-dialog';
import { TimeLeft } from '@repo/ui/time';
import { toast } from '@repo/ui/toaster';
import { useMutation } from '@tanstack/react-query';
import { Eye, EyeOff, RefreshCw } from 'lucide-react';
import { useState } from 'react';
import { describeError, useTRPC } from '../../lib/trpc.ts';
import { useRefreshWebhooks } from './use-webhooks.ts';
import type { EndpointProps } from './webhook-panel.tsx';

/** What its receiver verifies with: hidden until it is asked for. */
export function SecretCard({ projectId, webhook }: EndpointProps) {
  const trpc = useTRPC();
  const refresh = useRefreshWebhooks();
  const [secret, setSecret] = useState<string>();
  const [isRolling, setRolling] = useState(false);
  const ref = { projectId, endpointId: webhook.id };
  const reveal = useMutation(
    trpc.webhook.reveal.mutationOptions({
      gcTime: 0,
      onSuccess: (shown) => setSecret(shown.secret),
      onError: (error) =>
        toast.error('The secret was not shown', { description: describeError(error).message }),
    }),
  );
  const roll = useMutation(
    trpc.webhook.roll.mutationOptions({
      gcTime: 0,
      onSuccess: async (rolled) => {
        setSecret(rolled.secret);
        setRolling(false);
        await refresh();
      },
    }),
  );
  const isKey = webhook.signing === 'ed25519';
  return (
    <Card aria-labelledby="secret-title">
      <CardHeader
        titleId="secret-title"
        title={isKey ? 'Public key' : 'Signing secret'}
        description={
          webhook.rollingUntil ? (
            <>
              Rolled: the old one signs as well for <TimeLeft value={webhook.rollingUntil} />.
            </>
          ) : (
            'Verify every request with it, before you believe what it says.'
          )
        }
        actions={
          <span className="flex gap-2">
            <Button
              busy={reveal.isPending}
              onClick={() => (secret ? setSecret(undefined) : reveal.mutate(ref))}
            >
              {secret ? <EyeOff /> : <Eye />}
              {secret ? 'Hide' : 'Show'}
            </Button>
            <Button onClick={() => setRolling(true)}>
              <RefreshCw />
              Roll
            </Button>
          </span>
        }
      />
      {secret ? (
        <CardBody>
          <CodeBlock code={secret} wrap />
        </CardBody>
      ) : null}
      <ConfirmDialog
        open={isRolling}
        onOpenChange={setRolling}
        tone="primary"
        title={isKey ? 'Replace the key pair?' : 'Roll the secret?'}
        description="A new one signs from now on. For 24 hours the old one signs as well, so that your receiver can change when it suits you."
        confirmLabel="Roll"
        busy={roll.isPending}
        error={roll.error ? describeError(roll.error).message : undefined}
        onConfirm={() => roll.mutate(ref)}
      />
    </Card>
  );
}
