import { WebhookPanel } from '@repo/ui/webhooks/webhook-panel';
import type { Metadata } from 'next';
import { StudioWebhooks } from '../../../../../../components/webhooks/desk.tsx';
import { requireSession } from '../../../../../../lib/session.ts';

export const metadata: Metadata = { title: 'Webhook' };

type Props = { params: Promise<{ organizationId: string; webhookId: string }> };

export default async function WebhookPage({ params }: Props) {
  const { organizationId, webhookId } = await params;
  const all = `/organizations/${encodeURIComponent(organizationId)}/webhooks`;
  await requireSession(`${all}/${encodeURIComponent(webhookId)}`);
  return (
    <StudioWebhooks organizationId={organizationId}>
      <h1 className="sr-only">Webhook</h1>
      <WebhookPanel endpointId={webhookId} />
    </StudioWebhooks>
  );
}
