import { anyId, isStorableText, STORABLE_TEXT } from '@repo/foundation/text';
import { z } from 'zod';
import { KEY_SCOPES } from '../permission.ts';

export const StartDeviceLogin = z.strictObject({
  /** Such as the machine's name. */
  clientName: z
    .string({ error: 'expected the name of the machine' })
    .trim()
    .min(1, 'expected the name of the machine')
    .max(64, 'expected at most 64 characters')
    .refine(isStorableText, STORABLE_TEXT)
    .refine((name) => !/\p{Cc}/u.test(name), 'expected a name without control characters'),
});
export type StartDeviceLogin = z.input<typeof StartDeviceLogin>;

export const ClaimDeviceLogin = z.strictObject({
  deviceCode: z.string({ error: 'expected the device code' }).max(100),
});
export type ClaimDeviceLogin = z.input<typeof ClaimDeviceLogin>;

/** However people type it. */
const userCode = z
  .string({ error: 'expected the code that your terminal shows' })
  .max(40, 'expected the code that your terminal shows')
  .transform((text) => text.toUpperCase().replace(/[^A-Z]/g, ''));

export const DeviceLoginCode = z.object({ userCode });
export type DeviceLoginCode = z.input<typeof DeviceLoginCode>;

export const ApproveDeviceLogin = DeviceLoginCode.extend({
  projectId: anyId,
  scopes: z
    .array(z.enum(KEY_SCOPES, { error: `expected some of ${KEY_SCOPES.join(', ')}` }))
    .min(1, 'expected at least one scope')
    .transform((scopes) => KEY_SCOPES.filter((scope) => scopes.includes(scope))),
  /** Null for a key that lasts until it is revoked. */
  expiresInDays: z
    .number({ error: 'expected a number of days' })
    .int('expected a whole number of days')
    .min(1, 'expected at least 1 day')
    .max(3650, 'expected at most 3650 days')
    .nullable(),
});
export type ApproveDeviceLogin = z.input<typeof ApproveDeviceLogin>;
