import type { Members } from '../../lib/trpc.ts';

export type Role = Members['role'];

export const ROLES: readonly { role: Role; label: string; may: string }[] = [
  { role: 'owner', label: 'Owner', may: 'Everything, and hands the organization over' },
  { role: 'admin', label: 'Admin', may: 'Everything but handing the organization over' },
  {
    role: 'developer',
    label: 'Developer',
    may: 'All of projects: files, keys, webhooks, settings',
  },
  { role: 'viewer', label: 'Viewer', may: 'Sees files, projects and usage, changes nothing' },
];

export const roleLabel = (role: Role) => ROLES.find((each) => each.role === role)?.label ?? role;

/** The roles that somebody of this one may give. */
export const rolesFor = (mine: Role) =>
  ROLES.filter(({ role }) => mine === 'owner' || role !== 'owner');
