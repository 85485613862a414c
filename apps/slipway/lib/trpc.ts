import type { AppRouter } from '@repo/slipway/router';
import { QueryCache, QueryClient } from '@tanstack/react-query';
import { createTRPCClient, httpBatchLink, TRPCClientError } from '@trpc/client';
import type { inferRouterOutputs } from '@trpc/server';
import { createTRPCContext } from '@trpc/tanstack-react-query';
import superjson from 'superjson';
import { signInPath } from './next-path.ts';

export const { TRPCProvider, useTRPC, useTRPCClient } = createTRPCContext<AppRouter>();

type Outputs = inferRouterOutputs<AppRouter>;
export type ProjectDetails = Outputs['project']['get'];
export type ProjectSummary = Outputs['project']['list'][number];
export type FilePage = Outputs['file']['list'];
export type FileRow = FilePage['data'][number];
export type Upkeep = Outputs['upkeep']['get'];
export type PlanUsage = Outputs['usage']['project']['organization'];
export type ProjectStorages = Outputs['storage']['list'];
export type DoctorReport = Outputs['storage']['check'];
export type ApiKey = Outputs['apiKey']['list'][number];
export type DeviceLoginDetails = Outputs['deviceLogin']['get'];
export type Members = Outputs['member']['list'];
export type OrganizationDetails = Outputs['organization']['get'];
export type InstallationOrganization = Outputs['installation']['organizations']['data'][number];
export type InstallationOrganizationDetail = Outputs['installation']['organization'];
export type UploadLogEntry = Outputs['uploadLog']['list']['data'][number];
export type AuditEntry = Outputs['audit']['list']['data'][number];
export type UploadthingSettings = Outputs['uploadthing']['get'];
export type Webhook = Outputs['webhook']['list'][number];
export type CallbackEntry = Outputs['callback']['list']['data'][number];
export type CallbackDetail = Outputs['callback']['get'];
export type Rules = ProjectDetails['rules'];
export type RoutePolicy = Rules['routes'][string];

export function createApiClient() {
  return createTRPCClient<AppRouter>({
    links: [httpBatchLink({ url: '/api/trpc', transformer: superjson })],
  });
}

export type ApiClient = ReturnType<typeof createApiClient>;

function data(error: unknown): Record<string, unknown> {
  if (!(error instanceof TRPCClientError)) return {};
  const found: unknown = error.data;
  return typeof found === 'object' && found !== null ? { ...found } : {};
}

function status(error: unknown): number | undefined {
  const value = data(error)['httpStatus'];
  return typeof value === 'number' ? value : undefined;
}

export type Problem = {
  message: string;
  code: string;
  requestId: string | undefined;
  /** Facts for the program. */
  details: Record<string, unknown>;
  retryable: boolean;
};

/** What a person is told: the server's own public sentence, or that it could not be reached. */
export function describeError(error: unknown): Problem {
  const { requestId, appCode, details } = data(error);
  const known = status(error);
  const reached = known !== undefined;
  return {
    message:
      reached && error instanceof Error
        ? error.message
        : 'The server could not be reached. Check the connection and try again.',
    code: typeof appCode === 'string' ? appCode : reached ? 'unknown' : 'unreachable',
    requestId: typeof requestId === 'string' ? requestId : undefined,
    details: typeof details === 'object' && details !== null ? { ...details } : {},
    retryable: !reached || known >= 500 || known === 429,
  };
}

/** A session can end while a page is open: sign in again and come back here. */
function leaveIfSignedOut(error: unknown) {
  if (status(error) !== 401 || typeof window === 'undefined') return;
  window.location.assign(signInPath(window.location.pathname + window.location.search));
}

export function createQueryClient(): QueryClient {
  return new QueryClient({
    queryCache: new QueryCache({ onError: leaveIfSignedOut }),
    defaultOptions: {
      queries: {
        staleTime: 5_000,
        retry: (failures, error) => describeError(error).retryable && failures < 2,
      },
      mutations: { onError: leaveIfSignedOut },
    },
  });
}
