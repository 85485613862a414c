'use client';

import { useMutation } from '@tanstack/react-query';
import { Eye, EyeOff, RefreshCw } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../button.tsx';
import { Card, CardBody, CardHeader } from '../card.tsx';
import { CodeBlock } from '../code-block.tsx';
import { ConfirmDialog } from '../confirm-dialog.tsx';
import { TimeLeft } from '../time.tsx';
import { toast } from '../toaster.tsx';
import { useDesk, type Webhook } from './desk.tsx';

/** What its receiver verifies with: hidden until it is asked for. */
export function SecretCard({ webhook }: { webhook: Webhook }) {
  const { calls, refresh, describeError } = useDesk();
  const [secret, setSecret] = useState<string>();
  const [isRolling, setRolling] = useState(false);
  const reveal = useMutation({
    mutationFn: () => calls.reveal(webhook.id),
    gcTime: 0,
    onSuccess: (shown) => setSecret(shown.secret),
    onError: (error) =>
      toast.error('The secret was not shown', { description: describeError(error).message }),
  });
  const roll = useMutation({
    mutationFn: () => calls.roll(webhook.id),
    gcTime: 0,
    onSuccess: async (rolled) => {
      setSecret(rolled.secret);
      setRolling(false);
      await refresh();
    },
  });
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
              onClick={() => (secret ? setSecret(undefined) : reveal.mutate())}
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
        onConfirm={() => roll.mutate()}
      />
    </Card>
  );
}
