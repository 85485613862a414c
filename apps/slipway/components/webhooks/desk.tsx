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
  'file.ready': 'An upload was verified and can be used',
  'file.rejected': 'A rule, a check or the scanner refused an upload',
  'file.failed': 'An upload, or a stored object, was lost',
  'file.expired': 'An upload never came',
  'file.deleted': 'A file was deleted',
  'file.replaced': 'A newer version took a file’s place',
  'file.restored': 'A deleted file, or an older version, was brought back',
  'file.updated': 'A file’s name, tags or metadata changed',
  'endpoint.disabled': 'Another webhook of this project was disabled',
  'webhook.test': 'Somebody pressed “Send test”',
};

/** Webhooks of a project. */
export function ProjectWebhooks({
  projectId,
  children,
}: {
  projectId: string;
  children: ReactNode;
}) {
  const client = useTRPCClient();
  const router = useRouter();
  const desk = useMemo<WebhookDesk>(() => {
    const all = `/projects/${encodeURIComponent(projectId)}/webhooks`;
    return {
      ownerId: projectId,
      calls: webhookCalls(client.webhook, { projectId }),
      hrefOf: (id) => (id === undefined ? all : `${all}/${id}`),
      goTo: (href) => router.push(href),
      Link,
      describeError,
      events: EVENTS,
      title: 'Webhooks',
      about:
        'Your servers are told what happens to files: signed, at least once, in each file’s order.',
      makeHappen: 'Send a test, or upload a file.',
      hasTests: true,
    };
  }, [client, projectId, router]);
  return <WebhookDeskProvider desk={desk}>{children}</WebhookDeskProvider>;
}
