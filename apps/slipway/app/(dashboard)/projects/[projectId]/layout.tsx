import type { ReactNode } from 'react';
import { Uploads } from '../../../../components/files/uploads.tsx';
import { ProjectHeader } from '../../../../components/project/project-header.tsx';

type Props = { children: ReactNode; params: Promise<{ projectId: string }> };

export default async function ProjectLayout({ children, params }: Props) {
  const { projectId } = await params;
  return (
    <Uploads projectId={projectId} key={projectId}>
      <ProjectHeader projectId={projectId}>{children}</ProjectHeader>
    </Uploads>
  );
}
