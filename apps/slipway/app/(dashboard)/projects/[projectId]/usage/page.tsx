import type { Metadata } from 'next';
import { ProjectUsagePanel } from '../../../../../components/usage/project-usage.tsx';
import { requireSession } from '../../../../../lib/session.ts';

export const metadata: Metadata = { title: 'Usage' };

export default async function UsagePage({ params }: { params: Promise<{ projectId: string }> }) {
  const { projectId } = await params;
  await requireSession(`/projects/${encodeURIComponent(projectId)}/usage`);
  return <ProjectUsagePanel projectId={projectId} />;
}
