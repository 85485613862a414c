import type { RoleWords } from '@repo/ui/members/acts';
import type { Members } from '../../lib/trpc.ts';

type Role = Members['role'];

export const ROLES: readonly RoleWords<Role>[] = [
  { role: 'owner', label: 'Owner', may: 'Everything, and hands the studio over' },
  { role: 'admin', label: 'Admin', may: 'Everything but handing the studio over' },
  { role: 'agent', label: 'Agent', may: 'Adds listings, enhances and delivers photos' },
  { role: 'client', label: 'Client', may: 'Sees what was delivered, and comments on it' },
];
