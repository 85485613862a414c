export interface Session {
  sessionId: string;
  userId: string;
  email: string;
  name: string;
  /** Whether the address was confirmed to be theirs. */
  emailVerified: boolean;
  expiresAt: Date;
}

export interface NewUser {
  email: string;
  name: string;
  password: string;
}

/**
 * Who is signed in. The products know this interface only; better-auth is one
 * adapter of it, a hosted provider can be another.
 */
export interface AuthProvider {
  /** The session behind a request's cookies, or null. */
  getSession(headers: Headers): Promise<Session | null>;
  /** Answers everything under `/api/auth/`. Whoever mounts it limits guessing; `ip` is the true address of the client. */
  handle(request: Request, ip: string | null): Promise<Response>;
  /** Makes a user without a browser (seeds, tests). Returns the id; null when the address is taken. */
  createUser(input: NewUser): Promise<string | null>;
  /** The id of the user whose password this is, or null. Without a session and without a limit: for seeds. */
  verifyPassword(input: { email: string; password: string }): Promise<string | null>;
}
