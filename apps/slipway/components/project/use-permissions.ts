'use client';

import { useQuery } from '@tanstack/react-query';
import { useTRPC } from '../../lib/trpc.ts';
import { useOrganization } from '../dashboard/use-organization.ts';

type Permission = ReturnType<
  typeof useOrganization
>['organizations'][number]['permissions'][number];

/** Whether the person may do this in the project; no while it is not known yet. */
export function useMay(projectId: string): (permission: Permission) => boolean {
  const trpc = useTRPC();
  const { organizations } = useOrganization();
  const project = useQuery(trpc.project.get.queryOptions({ projectId }));
  const owner = organizations.find((each) => each.id === project.data?.organizationId);
  return (permission) => owner?.permissions.includes(permission) ?? false;
}
