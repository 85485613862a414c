import type { Metadata } from 'next';
import { SettingsPanel } from '../../../../../components/project/settings-panel.tsx';
import { requireSession } from '../../../../../lib/session.ts';

export const metadata: Metadata = { title: 'Settings' };

export default async function SettingsPage({ params }: { params: Promise<{ projectId: string }> }) {
  const { projectId } = await params;
  await requireSession(`/projects/${encodeURIComponent(projectId)}/settings`);
  return <SettingsPanel projectId={projectId} />;
}
