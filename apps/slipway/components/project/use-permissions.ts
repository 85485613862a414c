'use client';

import { useQuery } from '@tanstack/react-query';
import { useTRPC } from '../../lib/trpc.ts';
import { useOrganization } from '../dashboard/use-organization.ts';
import { roleLabel } from '../members/role-words.ts';

type Permission = ReturnType<
  typeof useOrganization
>['organizations'][number]['permissions'][number];

function useProjectsOrganization(projectId: string) {
  const trpc = useTRPC();
  const { organizations } = useOrganization();
  const project = useQuery(trpc.project.get.queryOptions({ projectId }));
  return organizations.find((each) => each.id === project.data?.organizationId);
}

/** What the person may do in the project, and whether that is known yet. */
export function usePermissions(projectId: string) {
  const owner = useProjectsOrganization(projectId);
  return {
    isKnown: owner !== undefined,
    may: (permission: Permission) => owner?.permissions.includes(permission) ?? false,
  };
}

/** Whether the person may do this in the project; no while it is not known yet. */
export function useMay(projectId: string): (permission: Permission) => boolean {
  return usePermissions(projectId).may;
}

/** The person's role, as it is called; undefined while it is not known yet. */
export function useProjectRole(projectId: string): string | undefined {
  const owner = useProjectsOrganization(projectId);
  return owner && roleLabel(owner.role);
}
