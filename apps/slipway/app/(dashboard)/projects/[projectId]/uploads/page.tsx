import type { Metadata } from 'next';
import { UploadLog } from '../../../../../components/upload-log/upload-log.tsx';
import { requireSession } from '../../../../../lib/session.ts';

export const metadata: Metadata = { title: 'Uploads' };

export default async function UploadsPage({ params }: { params: Promise<{ projectId: string }> }) {
  const { projectId } = await params;
  await requireSession(`/projects/${encodeURIComponent(projectId)}/uploads`);
  return <UploadLog projectId={projectId} />;
}
