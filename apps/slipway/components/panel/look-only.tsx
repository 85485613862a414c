'use client';

import { Alert } from '@repo/ui/alert';
import { useProjectRole } from '../project/use-permissions.ts';

/** Why there are no buttons here: for members whose role lets them look only. */
export function LookOnly({ projectId, what }: { projectId: string; what: string }) {
  const role = useProjectRole(projectId);
  if (role === undefined) return null;
  return (
    <Alert tone="info">
      You can look at {what}, and change nothing: your role is {role}. An owner or admin of the
      organization can give you another one.
    </Alert>
  );
}
