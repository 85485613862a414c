import type { Metadata } from 'next';
import { KeysPanel } from '../../../../../components/keys/keys-panel.tsx';
import { requireSession } from '../../../../../lib/session.ts';

export const metadata: Metadata = { title: 'Keys' };

export default async function KeysPage({ params }: { params: Promise<{ projectId: string }> }) {
  const { projectId } = await params;
  await requireSession(`/projects/${encodeURIComponent(projectId)}/keys`);
  return <KeysPanel projectId={projectId} />;
}
