import { randomUUID } from 'node:crypto';

/** The running Slipway under test. */
export function slipwayUrl(): string {
  const url = process.env['SLIPWAY_URL'];
  if (url === undefined) throw new Error('SLIPWAY_URL is not set: run this through `npm test`');
  return url;
}

export interface Account {
  cookie: string;
  organizationId: string;
  projectId: string;
  key: string;
  setRules(rules: object): Promise<void>;
  /** What an app on UploadThing’s SDK needs in its environment to come here. */
  uploadthingVariables(): Promise<Record<string, string>>;
  /** Lets a command line in, as its page does. */
  letIn(userCode: string): Promise<void>;
}

async function trpc(
  path: string,
  init: { cookie: string; input?: unknown; query?: boolean },
): Promise<unknown> {
  const url = `${slipwayUrl()}/api/trpc/${path}`;
  const response = await fetch(url, {
    method: init.query === true ? 'GET' : 'POST',
    headers: { cookie: init.cookie, 'content-type': 'application/json', origin: slipwayUrl() },
    ...(init.query === true ? {} : { body: JSON.stringify({ json: init.input }) }),
  });
  const body = await response.json();
  if (!response.ok) throw new Error(`${path} answered ${response.status}: ${JSON.stringify(body)}`);
  return body.result.data.json;
}

/** Many tests sign up from one address, and an address may do so only so often in a minute. */
async function signUp(base: string): Promise<Response> {
  for (let waits = 0; ; waits += 1) {
    const response = await fetch(`${base}/api/auth/sign-up/email`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: base },
      body: JSON.stringify({
        name: 'Tess',
        email: `${randomUUID()}@example.com`,
        password: randomUUID(),
      }),
    });
    if (response.ok) return response;
    if (response.status !== 429 || waits === 20)
      throw new Error(`sign-up answered ${response.status}: ${await response.text()}`);
    await new Promise((resolve) => setTimeout(resolve, 5_000));
  }
}

/** A new person with a project of their own, as the dashboard makes them. */
export async function signUpWithProject(): Promise<Account> {
  const base = slipwayUrl();
  const response = await signUp(base);
  const cookie = response.headers
    .getSetCookie()
    .map((line) => line.split(';', 1)[0])
    .join('; ');
  const me = (await trpc('session.me', { cookie, query: true })) as {
    organizations: { id: string }[];
  };
  const organizationId = me.organizations[0]?.id ?? '';
  const created = (await trpc('project.create', {
    cookie,
    input: { organizationId, name: 'Acceptance' },
  })) as {
    project: { id: string };
    key: string;
  };
  const projectId = created.project.id;
  return {
    cookie,
    organizationId,
    projectId,
    key: created.key,
    setRules: async (rules) => {
      await trpc('project.updateRules', { cookie, input: { projectId, rules } });
    },
    letIn: async (userCode) => {
      const grant = { projectId, scopes: ['upload', 'read'], expiresInDays: 30 };
      await trpc('deviceLogin.approve', { cookie, input: { userCode, ...grant } });
    },
    uploadthingVariables: async () => {
      const made = await trpc('uploadthing.createKey', { cookie, input: { projectId } });
      return (made as { variables: Record<string, string> }).variables;
    },
  };
}
