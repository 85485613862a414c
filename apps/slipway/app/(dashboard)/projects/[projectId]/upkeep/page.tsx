import type { Metadata } from 'next';
import { UpkeepPanel } from '../../../../../components/upkeep/upkeep-panel.tsx';
import { requireSession } from '../../../../../lib/session.ts';

export const metadata: Metadata = { title: 'Maintenance' };

export default async function UpkeepPage({ params }: { params: Promise<{ projectId: string }> }) {
  const { projectId } = await params;
  await requireSession(`/projects/${encodeURIComponent(projectId)}/upkeep`);
  return <UpkeepPanel projectId={projectId} />;
}
