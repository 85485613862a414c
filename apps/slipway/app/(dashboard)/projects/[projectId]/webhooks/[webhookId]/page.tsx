import type { Metadata } from 'next';
import { WebhookPanel } from '../../../../../../components/webhooks/webhook-panel.tsx';
import { requireSession } from '../../../../../../lib/session.ts';

export const metadata: Metadata = { title: 'Webhook' };

type Props = { params: Promise<{ projectId: string; webhookId: string }> };

export default async function WebhookPage({ params }: Props) {
  const { projectId, webhookId } = await params;
  const path = `/projects/${encodeURIComponent(projectId)}/webhooks/${encodeURIComponent(webhookId)}`;
  await requireSession(path);
  return <WebhookPanel projectId={projectId} endpointId={webhookId} />;
}
