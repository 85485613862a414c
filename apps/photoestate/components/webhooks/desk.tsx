'use client';

import { webhookCalls } from '@repo/ui/webhooks/calls';
import { type WebhookDesk, WebhookDeskProvider } from '@repo/ui/webhooks/desk';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { type ReactNode, useMemo } from 'react';
import { describeError, useTRPCClient, type Webhook } from '../../lib/trpc.ts';

type EventType = NonNullable<Webhook['eventTypes']>[number];

/** When each event is sent. A type that is missing here fails the build. */
const EVENTS: Readonly<Record<EventType, string>> = {
  'enhancement.completed': 'A photo was finished',
  'enhancement.failed': 'A photo could not be enhanced; its credit came back',
  'order.done': 'All that was started together has ended',
  'endpoint.disabled': 'Another webhook of this organization was disabled',
  'webhook.test': 'Somebody pressed “Send test”',
};

/** Webhooks of an organization. */
export function StudioWebhooks({
  organizationId,
  children,
}: {
  organizationId: string;
  children: ReactNode;
}) {
  const client = useTRPCClient();
  const router = useRouter();
  const desk = useMemo<WebhookDesk>(() => {
    const all = `/organizations/${encodeURIComponent(organizationId)}/webhooks`;
    return {
      ownerId: organizationId,
      calls: webhookCalls(client.webhook, { organizationId }),
      hrefOf: (id) => (id === undefined ? all : `${all}/${id}`),
      goTo: (href) => router.push(href),
      Link,
      describeError,
      events: EVENTS,
      title: 'Endpoints',
      about:
        'Your servers are told when photos are finished: signed, at least once, in each listing’s order.',
      makeHappen: 'Send a test, or enhance a photo.',
      hasTests: false,
    };
  }, [client, organizationId, router]);
  return (
    <WebhookDeskProvider desk={desk}>
      <div className="mx-auto flex max-w-3xl flex-col gap-6 px-4 py-6 sm:px-6 sm:py-8">
        {children}
      </div>
    </WebhookDeskProvider>
  );
}
