import type { Metadata } from 'next';
import { Suspense } from 'react';
import { ProjectList, ProjectListSkeleton } from '../../../components/dashboard/project-list.tsx';
import { requireSession } from '../../../lib/session.ts';

export const metadata: Metadata = { title: 'Projects' };

export default async function DashboardPage() {
  await requireSession('/dashboard');
  return (
    <Suspense fallback={<ProjectListSkeleton />}>
      <ProjectList />
    </Suspense>
  );
}
