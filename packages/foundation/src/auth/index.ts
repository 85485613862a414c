export {
  type AccountMail,
  type AccountMails,
  type BetterAuthOptions,
  createBetterAuth,
  type SocialKeys,
  socialKeys,
} from './better-auth.ts';
export type { AuthProvider, NewUser, Session } from './provider.ts';
export { account, session, user, verification } from './table.ts';
