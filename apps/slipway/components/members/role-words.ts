import { roleLabel as labelIn, type RoleWords } from '@repo/ui/members/acts';
import type { Members } from '../../lib/trpc.ts';

export type Role = Members['role'];

export const ROLES: readonly RoleWords<Role>[] = [
  { role: 'owner', label: 'Owner', may: 'Everything, and hands the organization over' },
  { role: 'admin', label: 'Admin', may: 'Everything but handing the organization over' },
  {
    role: 'developer',
    label: 'Developer',
    may: 'All of projects: files, keys, webhooks, settings',
  },
  { role: 'viewer', label: 'Viewer', may: 'Sees files, projects and usage, changes nothing' },
];

export const roleLabel = (role: Role) => labelIn(ROLES, role);
