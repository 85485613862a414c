import type { Metadata } from 'next';
import { RulesPanel } from '../../../../../components/project/rules-panel.tsx';
import { hasScanner, requireSession } from '../../../../../lib/session.ts';

export const metadata: Metadata = { title: 'Rules' };

export default async function RulesPage({ params }: { params: Promise<{ projectId: string }> }) {
  const { projectId } = await params;
  await requireSession(`/projects/${encodeURIComponent(projectId)}/rules`);
  return <RulesPanel projectId={projectId} hasScanner={hasScanner()} />;
}
