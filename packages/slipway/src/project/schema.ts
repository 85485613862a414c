import { z } from '@hono/zod-openapi';
import { anyId, isStorableText, STORABLE_TEXT } from '@repo/foundation/text';
import {
  allowedTypes,
  confirmHours,
  days,
  folderPath,
  ImageRules,
  keyPrefix,
  MetadataRules,
  routePolicies,
} from './rules.ts';

/** 5 TiB, S3's largest object. */
const MAX_OBJECT_BYTES = 5 * 1024 ** 4;

export const SCAN_POLICIES = ['required', 'when_available', 'off'] as const;

export const ProjectRules = z
  .object({
    allowedTypes,
    minSize: z
      .number({ error: 'expected a number of bytes' })
      .int('expected a whole number of bytes')
      .min(0, 'expected no fewer than 0 bytes')
      .max(MAX_OBJECT_BYTES, 'expected at most 5 TiB')
      .default(0)
      .openapi({ description: 'Smallest file in bytes' }),
    maxSize: z
      .number({ error: 'expected a number of bytes' })
      .int('expected a whole number of bytes')
      .min(1, 'expected at least 1 byte')
      .max(MAX_OBJECT_BYTES, 'expected at most 5 TiB')
      .openapi({ description: 'Largest file in bytes' }),
    maxFiles: z
      .number({ error: 'expected a number of files' })
      .int('expected a whole number of files')
      .min(1, 'expected at least 1 file')
      .max(1_000_000_000)
      .nullable()
      .openapi({
        description: 'Maximum number of files that the project holds at once; null for no limit',
      }),
    maxTotalSize: z
      .number({ error: 'expected a number of bytes' })
      .int('expected a whole number of bytes')
      .min(1, 'expected at least 1 byte')
      .max(Number.MAX_SAFE_INTEGER)
      .nullable()
      .default(null)
      .openapi({
        description: 'Maximum number of bytes that the project holds at once; null for no limit',
      }),
    maxFilesPerUploader: z
      .number({ error: 'expected a number of files' })
      .int('expected a whole number of files')
      .min(1, 'expected at least 1 file')
      .max(1_000_000_000)
      .nullable()
      .default(null)
      .openapi({ description: 'Maximum number of files of one uploader; null for no limit' }),
    maxBytesPerUploader: z
      .number({ error: 'expected a number of bytes' })
      .int('expected a whole number of bytes')
      .min(1, 'expected at least 1 byte')
      .max(Number.MAX_SAFE_INTEGER)
      .nullable()
      .default(null)
      .openapi({
        description: 'Maximum number of bytes that files of one uploader hold; null for no limit',
      }),
    scan: z
      .enum(SCAN_POLICIES, { error: `expected one of ${SCAN_POLICIES.join(', ')}` })
      .default('when_available')
      .openapi({
        description:
          'required: nothing is ready before a scanner called it clean; when_available: files are scanned while there is a scanner; off: never',
      }),
    visibility: z
      .enum(['public', 'private'], { error: 'expected public or private' })
      .openapi({ description: 'Public files have a lasting URL; private ones need a signed one' }),
    image: ImageRules.nullable()
      .default(null)
      .openapi({ description: 'Pixels that pictures may have; looked at in their bytes' }),
    keyPrefix: keyPrefix
      .default('')
      .openapi({ description: 'Object keys of new files begin with it' }),
    folder: folderPath.default('').openapi({ description: 'All new files go below this folder' }),
    metadata: MetadataRules.nullable()
      .default(null)
      .openapi({ description: 'What the metadata of new files have to be; null: anything' }),
    expireAfterDays: days(3650)
      .min(1, 'expected at least 1 day')
      .nullable()
      .default(null)
      .openapi({ description: 'New files are deleted so many days after they were announced' }),
    confirmWithinHours: confirmHours
      .nullable()
      .default(null)
      .openapi({ description: 'New files are deleted unless they are confirmed so soon' }),
    trashDays: days(365).min(0, 'expected no fewer than 0 days').default(30).openapi({
      description: 'How long files in the trash can be restored; 0: there is no trash',
    }),
    routes: routePolicies.default({}).openapi({
      description: 'More for uploads of single routes; whichever is stricter holds',
    }),
    versionDays: days(3650)
      .min(1, 'expected at least 1 day')
      .nullable()
      .default(30)
      .openapi({ description: 'How long a version is kept that was replaced; null: for good' }),
    replace: z.boolean().default(false).openapi({
      description:
        'Whether an upload with the customId of another file becomes its new version without asking for it',
    }),
    dedupe: z.boolean().default(false).openapi({
      description: 'Whether files of the same bytes share one object in the storage',
    }),
  })
  .openapi('ProjectRules');
export type ProjectRules = z.infer<typeof ProjectRules>;

export const DEFAULT_RULES: ProjectRules = {
  allowedTypes: [],
  maxSize: 1024 ** 3,
  maxFiles: null,
  maxTotalSize: null,
  maxFilesPerUploader: null,
  maxBytesPerUploader: null,
  scan: 'when_available',
  visibility: 'private',
  minSize: 0,
  image: null,
  keyPrefix: '',
  folder: '',
  metadata: null,
  expireAfterDays: null,
  confirmWithinHours: null,
  trashDays: 30,
  routes: {},
  versionDays: 30,
  replace: false,
  dedupe: false,
};

export const projectName = z
  .string({ error: 'expected a name' })
  .trim()
  .min(1, 'expected a name')
  .max(80, 'expected at most 80 characters')
  .refine(isStorableText, STORABLE_TEXT);

export const CreateProject = z.object({
  organizationId: anyId,
  name: projectName,
  rules: ProjectRules.partial().optional(),
});
export type CreateProject = z.input<typeof CreateProject>;

export const RenameProject = z.object({ projectId: anyId, name: projectName });
export type RenameProject = z.input<typeof RenameProject>;

export const UpdateProjectRules = z.object({
  projectId: anyId,
  rules: ProjectRules,
  /** `rulesVersion` of the rules that are to be replaced; without it whatever is there is. */
  ifVersion: z.string().optional(),
});
export type UpdateProjectRules = z.input<typeof UpdateProjectRules>;

/** A project as the API shows it. */
export const ProjectView = z
  .object({
    id: z.string().openapi({ example: 'prj_4nE0a1bJq8TzVdP2mWx7Yk' }),
    name: z.string(),
    rules: ProjectRules,
    rulesVersion: z.string().openapi({ description: 'Another one whenever the rules are others' }),
    createdAt: z.iso.datetime(),
  })
  .openapi('Project');
export type ProjectView = z.infer<typeof ProjectView>;
