'use client';

import { useMutation, useQuery } from '@tanstack/react-query';
import { Plus, Webhook as WebhookIcon } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { Badge } from '../badge.tsx';
import { Button } from '../button.tsx';
import { Dialog, DialogContent } from '../dialog.tsx';
import { ListCard } from '../panel/list-card.tsx';
import { Problem } from '../panel/problem.tsx';
import { useDesk, type Webhook, type WebhookWish } from './desk.tsx';
import { WebhookForm } from './webhook-form.tsx';
import { eventsWords, stateOf } from './webhook-words.ts';

/** Webhooks, and how they do; `children` follow. */
export function WebhooksPanel({ children }: { children?: ReactNode }) {
  const { key, calls, title, about, describeError } = useDesk();
  const [isCreating, setCreating] = useState(false);
  const webhooks = useQuery({ queryKey: [...key, 'list'], queryFn: calls.list });
  if (webhooks.isError && !webhooks.data)
    return <Problem query={webhooks} what="The webhooks" describeError={describeError} />;
  return (
    <div className="flex flex-col gap-8">
      <ListCard
        title={title}
        description={about}
        rows={webhooks.data}
        add={
          <Button variant="primary" onClick={() => setCreating(true)}>
            <Plus />
            Add webhook
          </Button>
        }
        empty={{
          icon: <WebhookIcon />,
          title: 'No webhooks',
          description: 'Add an address, and send it a test before anything depends on it.',
        }}
        lines={2}
      >
        {(rows) => <WebhookList webhooks={rows} />}
      </ListCard>
      {children}
      <CreateWebhook open={isCreating} onOpenChange={setCreating} />
    </div>
  );
}

function WebhookList({ webhooks }: { webhooks: readonly Webhook[] }) {
  const { key, calls, Link, hrefOf } = useDesk();
  const health = useQuery({
    queryKey: [...key, 'health'],
    queryFn: calls.health,
    refetchInterval: 30_000,
  });
  return (
    <ul className="divide-y border-t">
      {webhooks.map((webhook) => {
        const { label, tone } = stateOf(webhook);
        const own = health.data?.[webhook.id];
        return (
          <li key={webhook.id} className="relative px-5 py-4 hover:bg-muted/60">
            <div className="flex items-center gap-2">
              <h3 className="min-w-0 truncate font-medium font-mono text-[13px]">
                <Link href={hrefOf(webhook.id)} className="after:absolute after:inset-0">
                  {webhook.url}
                </Link>
              </h3>
              <Badge tone={tone}>{label}</Badge>
            </div>
            <p className="mt-1 text-muted-foreground text-xs">
              {webhook.description ? `${webhook.description} · ` : ''}
              {eventsWords(webhook)}
              {health.data ? ` · ${healthWords(own)}` : ''}
            </p>
          </li>
        );
      })}
    </ul>
  );
}

function healthWords(health: { tries: number; successes: number } | undefined): string {
  if (health === undefined) return 'nothing sent in 24 hours';
  const rate = Math.floor((health.successes / health.tries) * 1000) / 10;
  return `${rate} % of ${health.tries} ${health.tries === 1 ? 'try' : 'tries'} succeeded in 24 hours`;
}

type CreateProps = { open: boolean; onOpenChange: (open: boolean) => void };

function CreateWebhook({ open, onOpenChange }: CreateProps) {
  const { calls, refresh, goTo, hrefOf, describeError } = useDesk();
  const create = useMutation({
    mutationFn: (wish: WebhookWish & Pick<Webhook, 'signing'>) => calls.create(wish),
    // What came back is a secret; its page shows it.
    gcTime: 0,
    onSuccess: async ({ id }) => {
      await refresh();
      onOpenChange(false);
      goTo(hrefOf(id));
    },
  });
  return (
    <Dialog open={open} onOpenChange={onOpenChange}>
      <DialogContent title="Add a webhook" className="max-w-lg">
        <WebhookForm
          submitLabel="Add webhook"
          busy={create.isPending}
          problem={create.error ? describeError(create.error).message : undefined}
          onSubmit={(wish) => create.mutate(wish)}
        />
      </DialogContent>
    </Dialog>
  );
}
