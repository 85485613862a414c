import { WebhookPanel } from '@repo/ui/webhooks/webhook-panel';
import type { Metadata } from 'next';
import { ProjectWebhooks } from '../../../../../../components/webhooks/desk.tsx';
import { requireSession } from '../../../../../../lib/session.ts';

export const metadata: Metadata = { title: 'Webhook' };

type Props = { params: Promise<{ projectId: string; webhookId: string }> };

export default async function WebhookPage({ params }: Props) {
  const { projectId, webhookId } = await params;
  const path = `/projects/${encodeURIComponent(projectId)}/webhooks/${encodeURIComponent(webhookId)}`;
  await requireSession(path);
  return (
    <ProjectWebhooks projectId={projectId}>
      <WebhookPanel endpointId={webhookId} />
    </ProjectWebhooks>
  );
}
