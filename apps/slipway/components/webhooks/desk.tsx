'use client';

import { type WebhookDesk, WebhookDeskProvider, type WebhookWish } from '@repo/ui/webhooks/desk';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { type ReactNode, useMemo } from 'react';
import { type ApiClient, describeError, useTRPCClient, type Webhook } from '../../lib/trpc.ts';

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

/** The choices are the names of `EVENTS`. */
type Typed<W> = W & { eventTypes: EventType[] | null };

function callsOf({ webhook }: ApiClient, projectId: string): WebhookDesk['calls'] {
  const at = (endpointId: string) => ({ projectId, endpointId });
  return {
    list: () => webhook.list.query({ projectId }),
    health: () => webhook.health.query({ projectId }),
    get: (id) => webhook.get.query(at(id)),
    create: (wish) =>
      webhook.create.mutate({ projectId, ...(wish as Typed<WebhookWish>), signing: wish.signing }),
    update: (id, change) =>
      webhook.update.mutate({ ...at(id), ...(change as Partial<Typed<WebhookWish>>) }),
    remove: (id) => webhook.delete.mutate(at(id)),
    reveal: (id) => webhook.reveal.mutate(at(id)),
    roll: (id) => webhook.roll.mutate(at(id)),
    test: (id) => webhook.test.mutate(at(id)),
    deliveries: (id, { type, ...filter }) =>
      webhook.deliveries.query({ ...at(id), ...filter, ...(type && { type: type as EventType }) }),
    delivery: (id, deliveryId) => webhook.delivery.query({ ...at(id), deliveryId }),
    resend: (id, deliveryId) => webhook.resend.mutate({ ...at(id), deliveryId }),
    replay: (id, range) => webhook.replay.mutate({ ...at(id), ...range }),
  };
}

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
      calls: callsOf(client, projectId),
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
