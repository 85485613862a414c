type AuthFailure = { ok: false; code: string; message: string };
type AuthResult = { ok: true } | AuthFailure;

const messages: Record<string, string> = {
  INVALID_EMAIL_OR_PASSWORD: 'No account has this e-mail and password. Check both and try again.',
  USER_ALREADY_EXISTS: 'An account with this e-mail exists already. Sign in instead.',
  USER_ALREADY_EXISTS_USE_ANOTHER_EMAIL:
    'An account with this e-mail exists already. Sign in instead.',
  INVALID_EMAIL: 'Expected an e-mail address, like ada@example.com.',
  INVALID_TOKEN: 'This link is over, or was used already. Ask for a new one.',
  PASSWORD_TOO_SHORT: 'Expected a password of at least 8 characters.',
  PASSWORD_TOO_LONG: 'Expected a password of at most 128 characters.',
};

function field(value: unknown, key: string): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const found: unknown = Reflect.get(value, key);
  return typeof found === 'string' ? found : undefined;
}

async function failure(response: Response): Promise<AuthFailure> {
  const body: unknown = await response.json().catch(() => null);
  if (response.status === 429) {
    const seconds = Number(
      response.headers.get('retry-after') ?? response.headers.get('x-retry-after'),
    );
    const wait = seconds > 0 ? `in ${seconds} seconds` : 'in a minute';
    return { ok: false, code: 'RATE_LIMITED', message: `Too many attempts. Try again ${wait}.` };
  }
  const code = field(body, 'code') ?? 'UNKNOWN';
  const message =
    messages[code] ??
    field(body, 'message') ??
    `The server answered ${response.status}. Try again.`;
  return { ok: false, code, message };
}

async function post(path: string, body: object): Promise<AuthResult> {
  try {
    const response = await fetch(`/api/auth/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    return response.ok ? { ok: true } : await failure(response);
  } catch {
    return {
      ok: false,
      code: 'OFFLINE',
      message: 'The server could not be reached. Check the connection and try again.',
    };
  }
}

export function signIn(input: { email: string; password: string }): Promise<AuthResult> {
  return post('sign-in/email', input);
}

export function signUp(input: {
  name: string;
  email: string;
  password: string;
}): Promise<AuthResult> {
  return post('sign-up/email', input);
}

/** The answer is the same whether there is such an account or not. */
export function requestPasswordReset(input: { email: string }): Promise<AuthResult> {
  return post('request-password-reset', input);
}

export function resetPassword(input: { token: string; newPassword: string }): Promise<AuthResult> {
  return post('reset-password', input);
}

/** Sends the mail again that confirms an address. */
export function sendVerification(input: {
  email: string;
  callbackURL: string;
}): Promise<AuthResult> {
  return post('send-verification-email', input);
}

export function signOut(): Promise<AuthResult> {
  return post('sign-out', {});
}
