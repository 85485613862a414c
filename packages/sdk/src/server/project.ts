import type { ImageLimits, MetadataLimits, RequestRules } from './route-rules.ts';

/** Every pixel limit, with `null` for no limit. */
export type ImageRules = { readonly [Side in keyof ImageLimits]-?: number | null };

/** What the project says of the uploads of one route, beside its rules for all of them. */
export interface RoutePolicy extends Omit<RequestRules, 'image'> {
  readonly image?: ImageRules | undefined;
  readonly folder?: string | undefined;
  readonly visibility?: 'public' | 'private' | undefined;
  readonly expireAfterDays?: number | undefined;
  readonly confirmWithinHours?: number | undefined;
}

/** The rules of a project; `null` is no limit. */
export interface ProjectRules {
  /** MIME types (`image/png`, `image/*`) or extensions (`.dng`); empty allows every type. */
  readonly allowedTypes: readonly string[];
  readonly minSize: number;
  readonly maxSize: number;
  /** Files the project holds at once. */
  readonly maxFiles: number | null;
  /** Bytes the project holds at once. */
  readonly maxTotalSize: number | null;
  readonly maxFilesPerUploader: number | null;
  readonly maxBytesPerUploader: number | null;
  readonly scan: 'required' | 'when_available' | 'off';
  readonly visibility: 'public' | 'private';
  readonly image: ImageRules | null;
  readonly keyPrefix: string;
  readonly folder: string;
  readonly metadata: MetadataLimits | null;
  readonly expireAfterDays: number | null;
  readonly confirmWithinHours: number | null;
  readonly trashDays: number;
  /** How long a version is kept that was replaced. */
  readonly versionDays: number | null;
  /** Whether an upload with another file's customId becomes its new version without asking for it. */
  readonly replace: boolean;
  /** Whether files of the same bytes share one object in the storage. */
  readonly dedupe: boolean;
  /** By the name of the route. */
  readonly routes: Readonly<Record<string, RoutePolicy>>;
}

/** A project and its rules. */
export interface SlipwayProject {
  readonly id: string;
  readonly name: string;
  readonly rules: ProjectRules;
  /** Another one whenever the rules are others. */
  readonly rulesVersion: string;
  readonly createdAt: string;
}
