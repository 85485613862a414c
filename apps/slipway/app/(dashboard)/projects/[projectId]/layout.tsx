import type { ReactNode } from 'react';
import { ProjectUploads } from '../../../../components/files/uploads.tsx';
import { ProjectHeader } from '../../../../components/project/project-header.tsx';
import { getSession } from '../../../../lib/session.ts';

type Props = { children: ReactNode; params: Promise<{ projectId: string }> };

export default async function ProjectLayout({ children, params }: Props) {
  const { projectId } = await params;
  if (!(await getSession())) return children;
  return (
    <ProjectUploads projectId={projectId} key={projectId}>
      <ProjectHeader projectId={projectId}>{children}</ProjectHeader>
    </ProjectUploads>
  );
}
