import type { AppRouter } from '@repo/slipway/router';
import { createQueryClient as createClient } from '@repo/ui/api-problem';
import { createTRPCClient, httpBatchLink } from '@trpc/client';
import type { inferRouterOutputs } from '@trpc/server';
import { createTRPCContext } from '@trpc/tanstack-react-query';
import superjson from 'superjson';
import { signInPath } from './next-path.ts';

export { describeError } from '@repo/ui/api-problem';

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

export const createQueryClient = () => createClient(signInPath);
