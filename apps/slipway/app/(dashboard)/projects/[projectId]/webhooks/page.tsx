import type { Metadata } from 'next';
import { WebhooksPanel } from '../../../../../components/webhooks/webhooks-panel.tsx';
import { requireSession } from '../../../../../lib/session.ts';

export const metadata: Metadata = { title: 'Webhooks' };

export default async function WebhooksPage({ params }: { params: Promise<{ projectId: string }> }) {
  const { projectId } = await params;
  await requireSession(`/projects/${encodeURIComponent(projectId)}/webhooks`);
  return <WebhooksPanel projectId={projectId} />;
}
