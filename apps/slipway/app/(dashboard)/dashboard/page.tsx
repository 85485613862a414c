import type { Metadata } from 'next';
import { ProjectList } from '../../../components/dashboard/project-list.tsx';
import { requireSession } from '../../../lib/session.ts';

export const metadata: Metadata = { title: 'Projects' };

export default async function DashboardPage() {
  await requireSession('/dashboard');
  return <ProjectList />;
}
