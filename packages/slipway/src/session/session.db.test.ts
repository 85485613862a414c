import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createHttp } from '../http.ts';
import { startTestSlipway, type TestSlipway } from '../testing/index.ts';

let slipway: TestSlipway;
let app: ReturnType<typeof createHttp>;

beforeAll(async () => {
  slipway = await startTestSlipway();
  app = createHttp(slipway.runtime, { stopping: false });
});

afterAll(() => slipway.close());

const ORIGIN = 'http://127.0.0.1:3000';

function post(path: string, body: object, headers: Record<string, string> = {}): Promise<Response> {
  const init = {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: ORIGIN, ...headers },
    body: JSON.stringify(body),
  };
  return Promise.resolve(
    app.request(`${ORIGIN}${path}`, init, { incoming: { socket: { remoteAddress: '10.0.0.1' } } }),
  );
}

async function me(cookie: string): Promise<unknown> {
  const response = await app.request(`${ORIGIN}/api/trpc/session.me`, { headers: { cookie } }, {});
  const body: { result: { data: { json: unknown } } } = await response.json();
  return body.result.data.json;
}

const cookieOf = (response: Response) =>
  response.headers
    .getSetCookie()
    .map((line) => line.split(';', 1)[0])
    .join('; ');

test('sign-up, session, sign-out, sign-in', async () => {
  const email = `${randomUUID()}@example.com`;
  const signUp = await post('/api/auth/sign-up/email', {
    name: 'Ann',
    email,
    password: 'correct horse',
  });
  expect(signUp.status).toBe(200);
  const [line] = signUp.headers.getSetCookie();
  expect(line).toMatch(/^slipway\.session_token=.*HttpOnly; SameSite=Lax/);
  const first = cookieOf(signUp);
  expect(await me(first)).toMatchObject({
    user: { email, name: 'Ann' },
    organizations: [{ name: 'Ann’s team', role: 'owner' }],
  });

  expect((await post('/api/auth/sign-out', {}, { cookie: first })).status).toBe(200);
  // The token is dead on the server, not just forgotten by the browser.
  expect(await me(first)).toBeNull();

  const wrong = await post('/api/auth/sign-in/email', { email, password: 'wrong password' });
  expect(wrong.status).toBe(401);
  const signIn = await post('/api/auth/sign-in/email', { email, password: 'correct horse' });
  expect(signIn.status).toBe(200);
  expect(cookieOf(signIn)).not.toBe(first);
  // Names are changed by our own verb, which limits and notes them.
  const cookie = cookieOf(signIn);
  expect((await post('/api/auth/update-user', { name: 'Bob' }, { cookie })).status).toBe(404);
  expect(await me(cookie)).toMatchObject({ user: { email, name: 'Ann' } });
});

test('a forged cookie is no session', async () => {
  expect(await me('slipway.session_token=abc.def')).toBeNull();
});

test('another site can neither sign anybody in nor out', async () => {
  const response = await post(
    '/api/auth/sign-in/email',
    { email: 'a@b.c', password: 'x' },
    { origin: 'https://evil.example' },
  );
  expect(response.status).toBe(403);
});

test('guessing a password ends in 429, counted by the true address', async () => {
  const statuses: number[] = [];
  for (let attempt = 0; attempt < 25; attempt += 1) {
    const response = await post(
      '/api/auth/sign-in/email',
      { email: 'nobody@example.com', password: 'wrong password' },
      // A client that claims another address each time gains nothing.
      { 'x-forwarded-for': `203.0.113.${attempt}`, 'x-client-address': `203.0.113.${attempt}` },
    );
    statuses.push(response.status);
  }
  expect(statuses.at(0)).toBe(401);
  expect(statuses.at(-1)).toBe(429);
});
