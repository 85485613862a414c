import { WebhooksPanel } from '@repo/ui/webhooks/webhooks-panel';
import type { Metadata } from 'next';
import { Callbacks } from '../../../../../components/webhooks/callbacks.tsx';
import { ProjectWebhooks } from '../../../../../components/webhooks/desk.tsx';
import { requireSession } from '../../../../../lib/session.ts';

export const metadata: Metadata = { title: 'Webhooks' };

export default async function WebhooksPage({ params }: { params: Promise<{ projectId: string }> }) {
  const { projectId } = await params;
  await requireSession(`/projects/${encodeURIComponent(projectId)}/webhooks`);
  return (
    <ProjectWebhooks projectId={projectId}>
      <WebhooksPanel>
        <Callbacks projectId={projectId} />
      </WebhooksPanel>
    </ProjectWebhooks>
  );
}
