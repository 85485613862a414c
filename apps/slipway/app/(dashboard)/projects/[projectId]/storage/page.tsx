import type { Metadata } from 'next';
import { StoragePanel } from '../../../../../components/storage/storage-panel.tsx';
import { requireSession } from '../../../../../lib/session.ts';

export const metadata: Metadata = { title: 'Storage' };

export default async function StoragePage({ params }: { params: Promise<{ projectId: string }> }) {
  const { projectId } = await params;
  await requireSession(`/projects/${encodeURIComponent(projectId)}/storage`);
  return <StoragePanel projectId={projectId} />;
}
