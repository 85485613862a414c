import { betterAuth, type BetterAuthOptions as LibraryOptions } from 'better-auth';
import { drizzleAdapter } from 'better-auth/adapters/drizzle';
import { APIError, isAPIError } from 'better-auth/api';
import type { Db } from '../db/index.ts';
import { appError } from '../errors/index.ts';
import { newId } from '../ids/index.ts';
import type { Logger } from '../telemetry/index.ts';
import type { AuthProvider } from './provider.ts';
import { account, session, user, verification } from './table.ts';

export interface BetterAuthOptions {
  db: Db;
  /** At least 32 characters; signs cookies. */
  secret: string;
  baseUrl: string;
  /** Other origins from which people reach this server. */
  trustedOrigins: readonly string[];
  /** Cookies are shared by all ports of a host, so each product has its own prefix. */
  cookiePrefix: string;
  social: { google?: SocialKeys; github?: SocialKeys };
  onUserCreated: (user: { id: string; name: string; email: string }) => Promise<void>;
  /** Without it nobody can reset a password or confirm an address. */
  mails?: AccountMails;
  log: Logger;
}

/** Writes mails; `token` is the one that the library made, for one use. */
export interface AccountMails {
  resetPassword(mail: AccountMail): Promise<void>;
  verifyEmail(mail: AccountMail): Promise<void>;
}

export interface AccountMail {
  userId: string;
  email: string;
  token: string;
}

export interface SocialKeys {
  clientId: string;
  clientSecret: string;
}

type SocialEnv = Readonly<
  Record<`${'GOOGLE' | 'GITHUB'}_CLIENT_${'ID' | 'SECRET'}`, string | undefined>
>;

/** The providers whose two variables are both set. */
export function socialKeys(env: Partial<SocialEnv>): BetterAuthOptions['social'] {
  const keys = (clientId?: string, clientSecret?: string) =>
    clientId === undefined || clientSecret === undefined ? undefined : { clientId, clientSecret };
  const google = keys(env.GOOGLE_CLIENT_ID, env.GOOGLE_CLIENT_SECRET);
  const github = keys(env.GITHUB_CLIENT_ID, env.GITHUB_CLIENT_SECRET);
  return { ...(google && { google }), ...(github && { github }) };
}

const ID_PREFIX: Record<string, string> = {
  user: 'usr',
  session: 'ses',
  account: 'acc',
  verification: 'ver',
};
const DAY_SECONDS = 86_400;
/** Set by us on every request, so what a client sends under this name is never believed. */
const IP_HEADER = 'x-client-address';

/** What is asked of the library when mails can be sent. */
function mailedOptions(mails: AccountMails | undefined) {
  if (mails === undefined) return {};
  type About = { user: { id: string; email: string }; token: string };
  const about = ({ user: { id: userId, email }, token }: About) => ({ userId, email, token });
  return {
    resetPassword: {
      sendResetPassword: (data: About) => mails.resetPassword(about(data)),
      resetPasswordTokenExpiresIn: 3600,
    },
    verifyEmail: {
      emailVerification: {
        sendOnSignUp: true,
        expiresIn: DAY_SECONDS,
        sendVerificationEmail: (data: About) => mails.verifyEmail(about(data)),
      },
    },
  };
}

/** How this product is set up in better-auth. */
function libraryOptions(options: BetterAuthOptions) {
  const mailed = mailedOptions(options.mails);
  return {
    appName: options.cookiePrefix,
    baseURL: options.baseUrl,
    basePath: '/api/auth',
    secret: options.secret,
    trustedOrigins: [...options.trustedOrigins],
    // People are renamed by a verb of ours, with its limits and its audit entry.
    disabledPaths: ['/update-user'],
    database: drizzleAdapter(options.db, {
      provider: 'pg',
      schema: { user, session, account, verification },
      transaction: true,
    }),
    emailAndPassword: {
      enabled: true,
      minPasswordLength: 8,
      maxPasswordLength: 128,
      // Whoever knew the old password is out.
      revokeSessionsOnPasswordReset: true,
      ...mailed.resetPassword,
    },
    ...mailed.verifyEmail,
    socialProviders: { ...options.social },
    session: { expiresIn: 30 * DAY_SECONDS, updateAge: DAY_SECONDS },
    // Counted in front of it, over all processes: see foundation/rate-limit.
    rateLimit: { enabled: false },
    advanced: {
      cookiePrefix: options.cookiePrefix,
      ipAddress: { ipAddressHeaders: [IP_HEADER] },
      useSecureCookies: options.baseUrl.startsWith('https:'),
      database: { generateId: ({ model }) => newId(ID_PREFIX[model] ?? 'aut') },
    },
    databaseHooks: {
      user: {
        create: {
          before: async (wish) => checkName(wish.name),
          after: async (created) => options.onUserCreated(created),
        },
      },
    },
    onAPIError: {
      // Thrown on, so that what is no answer of better-auth's own gets our one error shape.
      onError: (error) => {
        if (!isAPIError(error)) throw error;
      },
    },
    telemetry: { enabled: false },
    logger: {
      level: 'warn',
      log: (level, message) =>
        options.log[level === 'error' ? 'error' : 'warn']({ from: 'auth' }, message),
    },
  } satisfies LibraryOptions;
}

/** E-mail and password, plus Google and GitHub where their keys are set, on our own Postgres. */
export function createBetterAuth(options: BetterAuthOptions): AuthProvider {
  const auth = betterAuth(libraryOptions(options));

  return {
    async getSession(headers) {
      const found = await auth.api.getSession({ headers }).catch((error: unknown) => {
        throw appError(
          'unavailable',
          'Whether you are signed in cannot be told right now; try again.',
          {
            cause: error,
            retryAfter: 2,
          },
        );
      });
      if (found === null) return null;
      const { user: owner, session: current } = found;
      return {
        sessionId: current.id,
        userId: owner.id,
        email: owner.email,
        name: owner.name,
        emailVerified: owner.emailVerified,
        expiresAt: current.expiresAt,
      };
    },
    handle(request, ip) {
      const trusted = new Request(request);
      if (ip === null) trusted.headers.delete(IP_HEADER);
      else trusted.headers.set(IP_HEADER, ip);
      return auth.handler(trusted);
    },
    async createUser(input) {
      const context = await auth.$context;
      const existing = await context.internalAdapter.findUserByEmail(input.email);
      if (existing !== null) return null;
      const created = await auth.api.signUpEmail({ body: input });
      return created.user.id;
    },
    async verifyPassword({ email, password }) {
      const context = await auth.$context;
      const found = await context.internalAdapter.findUserByEmail(email, { includeAccounts: true });
      const hash = found?.accounts.find(({ providerId }) => providerId === 'credential')?.password;
      if (found === null || !hash) return null;
      const isTheirs = await context.password.verify({ hash, password });
      return isTheirs ? found.user.id : null;
    },
  };
}

const MAX_NAME = 120;

async function checkName(name: string): Promise<void> {
  if (name.length <= MAX_NAME && !name.includes('\u0000') && name.isWellFormed()) return;
  throw new APIError('BAD_REQUEST', {
    code: 'NAME_NOT_VALID',
    message: `Expected a name of at most ${MAX_NAME} characters, all of them printable.`,
  });
}
