import type { Members } from '../../lib/trpc.ts';

export type Role = Members['role'];

export const ROLES: readonly { role: Role; label: string; may: string }[] = [
  { role: 'owner', label: 'Owner', may: 'Everything, and hands the studio over' },
  { role: 'admin', label: 'Admin', may: 'Everything but handing the studio over' },
  { role: 'agent', label: 'Agent', may: 'Adds listings, enhances and delivers photos' },
  { role: 'client', label: 'Client', may: 'Sees what was delivered, and comments on it' },
];

export const wordsOf = (role: Role) => ROLES.find((each) => each.role === role);
export const roleLabel = (role: Role) => wordsOf(role)?.label ?? role;

/** The roles that somebody of this one may give. */
export const rolesFor = (mine: Role) =>
  ROLES.filter(({ role }) => mine === 'owner' || role !== 'owner');
