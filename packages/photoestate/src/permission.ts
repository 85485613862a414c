import type { Product } from '@repo/foundation/organization';
import { NOTICES } from './notice/kinds.ts';

const PERMISSIONS = [
  'listing.read',
  'listing.edit',
  'listing.delete',
  'photo.upload',
  'enhance.run',
  /** To accept or reject what came out. */
  'review.decide',
  /** To hand photos over, and to take them back. */
  'delivery.manage',
  /** To look at what was delivered. */
  'gallery.read',
  'gallery.comment',
  'member.manage',
  'organization.manage',
  /** To hand it to somebody else, or to end it. */
  'organization.transfer',
  'credit.read',
  'credit.manage',
  'key.manage',
  'webhook.manage',
  'audit.read',
] as const;
export type Permission = (typeof PERMISSIONS)[number];

export const ROLES = ['owner', 'admin', 'agent', 'client'] as const;
export type Role = (typeof ROLES)[number];

/** What each role may do. Verbs ask for permissions; a role is only a name for some of them. */
export const ROLE_PERMISSIONS: Readonly<Record<Role, readonly Permission[]>> = {
  owner: PERMISSIONS,
  admin: PERMISSIONS.filter((permission) => permission !== 'organization.transfer'),
  agent: [
    'listing.read',
    'listing.edit',
    'listing.delete',
    'photo.upload',
    'enhance.run',
    'review.decide',
    'delivery.manage',
    'gallery.read',
    'gallery.comment',
    'credit.read',
  ],
  client: ['gallery.read', 'gallery.comment'],
};

export const KEY_SCOPES = ['read', 'write', 'enhance', 'admin'] as const;
export type KeyScope = (typeof KEY_SCOPES)[number];

/** What an API key of a scope may do, in its own organization. People and keys are for people to manage. */
export const SCOPE_PERMISSIONS: Readonly<Record<KeyScope, readonly Permission[]>> = {
  read: ['listing.read', 'gallery.read', 'credit.read'],
  write: ['listing.edit', 'listing.delete', 'photo.upload'],
  enhance: ['enhance.run', 'review.decide'],
  admin: [
    'listing.read',
    'listing.edit',
    'listing.delete',
    'photo.upload',
    'enhance.run',
    'review.decide',
    'delivery.manage',
    'gallery.read',
    'gallery.comment',
    'credit.read',
    'webhook.manage',
  ],
};

export const PHOTOESTATE: Product<Role, Permission> = {
  name: 'PhotoEstate Pro',
  accent: '#e8a33d',
  roles: ROLE_PERMISSIONS,
  seeMembers: 'listing.read',
  notices: NOTICES,
  noticesPath: '/account',
  picturesPath: '/media/people',
  scopes: SCOPE_PERMISSIONS,
};
