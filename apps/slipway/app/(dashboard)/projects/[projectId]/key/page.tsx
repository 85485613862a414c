import type { Metadata } from 'next';
import { KeyPanel } from '../../../../../components/project/key-panel.tsx';
import { requireSession } from '../../../../../lib/session.ts';

export const metadata: Metadata = { title: 'Key' };

export default async function KeyPage({ params }: { params: Promise<{ projectId: string }> }) {
  const { projectId } = await params;
  await requireSession(`/projects/${encodeURIComponent(projectId)}/key`);
  return <KeyPanel projectId={projectId} />;
}
