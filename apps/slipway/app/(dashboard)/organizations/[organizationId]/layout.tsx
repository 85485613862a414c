import type { ReactNode } from 'react';
import { OrganizationHeader } from '../../../../components/organization/organization-header.tsx';
import { getSession } from '../../../../lib/session.ts';

type Props = { children: ReactNode; params: Promise<{ organizationId: string }> };

export default async function OrganizationLayout({ children, params }: Props) {
  const { organizationId } = await params;
  if (!(await getSession())) return children;
  return <OrganizationHeader organizationId={organizationId}>{children}</OrganizationHeader>;
}
