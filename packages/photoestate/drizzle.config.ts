/** `drizzle-kit generate --name what-and-why` writes the next migration; the mains run them at start. */
export default {
  dialect: 'postgresql',
  schema: [
    '../foundation/src/auth/table.ts',
    '../foundation/src/organization/table.ts',
    '../foundation/src/profile/table.ts',
    '../foundation/src/audit/table.ts',
    '../foundation/src/mail/table.ts',
    '../foundation/src/member/table.ts',
    '../foundation/src/notification/table.ts',
    '../foundation/src/rate-limit/table.ts',
    './src/*/table.ts',
  ],
  out: './drizzle',
};
