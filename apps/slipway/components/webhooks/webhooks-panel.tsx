'use client';

import { Badge } from '@repo/ui/badge';
import { Button } from '@repo/ui/button';
import { Dialog, DialogContent } from '@repo/ui/dialog';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Plus, Webhook as WebhookIcon } from 'lucide-react';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { describeError, useTRPC, type Webhook } from '../../lib/trpc.ts';
import { ListCard } from '../panel/list-card.tsx';
import { Problem } from '../panel/problem.tsx';
import { Callbacks } from './callbacks.tsx';
import { useRefreshWebhooks } from './use-webhooks.ts';
import { WebhookForm } from './webhook-form.tsx';
import { eventsWords, stateOf } from './webhook-words.ts';

/** The project's webhooks, and how they do. */
export function WebhooksPanel({ projectId }: { projectId: string }) {
  const trpc = useTRPC();
  const [isCreating, setCreating] = useState(false);
  const webhooks = useQuery(trpc.webhook.list.queryOptions({ projectId }));
  if (webhooks.isError && !webhooks.data) return <Problem query={webhooks} what="The webhooks" />;
  return (
    <div className="flex flex-col gap-8">
      <ListCard
        title="Webhooks"
        description="Your servers are told what happens to files: signed, at least once, in each file’s order."
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
        {(rows) => <WebhookList projectId={projectId} webhooks={rows} />}
      </ListCard>
      <Callbacks projectId={projectId} />
      <CreateWebhook projectId={projectId} open={isCreating} onOpenChange={setCreating} />
    </div>
  );
}

function WebhookList({ projectId, webhooks }: { projectId: string; webhooks: readonly Webhook[] }) {
  const trpc = useTRPC();
  const health = useQuery(
    trpc.webhook.health.queryOptions({ projectId }, { refetchInterval: 30_000 }),
  );
  return (
    <ul className="divide-y border-t">
      {webhooks.map((webhook) => {
        const { label, tone } = stateOf(webhook);
        const own = health.data?.[webhook.id];
        return (
          <li key={webhook.id} className="relative px-5 py-4 hover:bg-muted/60">
            <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
              <h3 className="min-w-0 max-w-full truncate font-medium font-mono text-[13px]">
                <Link
                  href={`/projects/${encodeURIComponent(projectId)}/webhooks/${webhook.id}`}
                  className="after:absolute after:inset-0"
                >
                  {webhook.url}
                </Link>
              </h3>
              <Badge tone={tone}>{label}</Badge>
            </div>
            <p className="mt-1 text-muted-foreground text-xs">
              {webhook.description ? `${webhook.description} · ` : ''}
              {eventsWords(webhook)} · {healthWords(own)}
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

type CreateProps = { projectId: string; open: boolean; onOpenChange: (open: boolean) => void };

function CreateWebhook({ projectId, open, onOpenChange }: CreateProps) {
  const trpc = useTRPC();
  const router = useRouter();
  const refresh = useRefreshWebhooks();
  const create = useMutation(
    trpc.webhook.create.mutationOptions({
      // What came back is a secret; its page shows it.
      gcTime: 0,
      onSuccess: async ({ id }) => {
        await refresh();
        onOpenChange(false);
        router.push(`/projects/${encodeURIComponent(projectId)}/webhooks/${id}`);
      },
    }),
  );
  return (
    <Dialog open={open} onOpenChange={onOpenChange}>
      <DialogContent title="Add a webhook" className="max-w-lg">
        <WebhookForm
          submitLabel="Add webhook"
          busy={create.isPending}
          problem={create.error ? describeError(create.error).message : undefined}
          onSubmit={(wish) => create.mutate({ projectId, ...wish })}
        />
      </DialogContent>
    </Dialog>
  );
}
