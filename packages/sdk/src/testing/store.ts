import type { RequestRules } from '../server/route-rules.ts';
import { sha256 } from '../shared/hash.ts';
import { extension } from '../shared/rules.ts';
import type { SlipwayFile } from '../shared/types.ts';
import { isObject, newId, refuse } from './answer.ts';
import { sniffed } from './sniff.ts';

/** The rules of the project, as its dashboard has them. */
export interface TestRules {
  /** `image/png`, `image/*`; empty allows every type. */
  readonly allowedTypes?: readonly string[] | undefined;
  /** Bytes. */
  readonly maxSize?: number | undefined;
  readonly maxFiles?: number | null | undefined;
  readonly visibility?: 'public' | 'private' | undefined;
}

/** One file and what is known of it. */
export interface Entry {
  file: SlipwayFile;
  bytes: Uint8Array<ArrayBuffer> | null;
  readonly declared: string | null;
  readonly secret: string;
  /** Becomes a new version of the file that has its customId, once it is ready. */
  readonly isVersion: boolean;
  failure: { readonly code: string; readonly message: string } | null;
}

/** The file of an upload that may be announced, or why not. */
export type Announced = { readonly entry: Entry } | { readonly refusal: Response };

const UNFINISHED = ['pending', 'verifying'];

/** Files in memory, under the rules of one project. */
export class Store {
  readonly entries = new Map<string, Entry>();
  readonly projectId: string = newId('prj');
  readonly createdAt: string = new Date().toISOString();
  readonly url: () => string;
  rules: Required<{ [Key in keyof TestRules]-?: Exclude<TestRules[Key], undefined> }>;
  #count = 0;

  constructor(rules: TestRules, url: () => string) {
    this.url = url;
    this.rules = {
      allowedTypes: rules.allowedTypes ?? [],
      maxSize: rules.maxSize ?? 5 * 1024 ** 3,
      maxFiles: rules.maxFiles ?? null,
      visibility: rules.visibility ?? 'private',
    };
  }

  find(by: { readonly id?: unknown; readonly key?: unknown }): Entry | undefined {
    return [...this.entries.values()].find(({ file }) =>
      by.id === undefined ? file.key === by.key : file.id === by.id,
    );
  }

  announce(input: unknown): Announced {
    const problem = invalid(input);
    if (problem)
      return { refusal: refuse(400, 'validation_failed', `The input is not valid: ${problem}.`) };
    const wish = input as { name: string; size: number; type: string } & Record<string, unknown>;
    const type = wish.type.trim().toLowerCase();
    const refusal = this.#brokenRule({ ...wish, type });
    if (refusal) return { refusal };
    const { name, size, customId, metadata, route, uploader, tags, folder } = wish;
    const id = newId('file');
    const suffix = /^[0-9a-z]{1,10}$/.test(extension(name)) ? `.${extension(name)}` : '';
    this.#count += 1;
    const file: SlipwayFile = {
      ...{
        id,
        key: `${this.projectId}/${newId('x').slice(2)}${suffix}`,
        projectId: this.projectId,
      },
      ...{ name, size, type, sha256: null, checksum: null, status: 'pending' },
      ...{ scan: 'not_scanned', customId: (customId as string | undefined) ?? null },
      metadata: (metadata ?? {}) as SlipwayFile['metadata'],
      tags: (tags ?? []) as readonly string[],
      folder: (folder as string | undefined) ?? '',
      visibility: this.#visibilityOf(wish),
      route: (route as string | undefined) ?? null,
      uploader: (uploader as string | undefined) ?? null,
      expiresAt: expiryOf(wish),
      replaces: null,
      replacedBy: null,
      url: null,
      // Never two at one moment, so that lists have one order.
      createdAt: new Date(Date.now() + this.#count).toISOString(),
      readyAt: null,
    };
    const declared = (wish['sha256'] as string | undefined)?.toLowerCase() ?? null;
    const entry: Entry = {
      ...{ file, bytes: null, declared, secret: newId('t') },
      ...{ isVersion: asksToReplace(wish), failure: null },
    };
    this.entries.set(id, entry);
    return { entry };
  }

  #visibilityOf({ visibility }: Record<string, unknown>): 'public' | 'private' {
    return this.rules.visibility === 'public' && visibility !== 'private' ? 'public' : 'private';
  }

  #brokenRule(wish: { size: number; type: string } & Record<string, unknown>): Response | null {
    const { allowedTypes, maxSize, maxFiles } = this.rules;
    const { customId } = wish;
    if (wish['visibility'] === 'public' && this.rules.visibility === 'private')
      return refuse(422, 'visibility_not_allowed', 'Expected the visibility private.', {
        ...{ rule: 'visibility', expected: 'private', received: 'public' },
      });
    const live = [...this.entries.values()].filter(({ file }) =>
      [...UNFINISHED, 'ready'].includes(file.status),
    );
    for (const rules of [{ allowedTypes, maxSize }, (wish['rules'] ?? {}) as RequestRules]) {
      const refusal = refusalOf(wish, rules);
      if (refusal) return refusal;
    }
    if (maxFiles !== null && live.length >= maxFiles)
      return refuse(422, 'file_limit_reached', `This project takes up to ${maxFiles} files.`);
    if (customId !== undefined && !asksToReplace(wish) && this.#holderOf(customId) !== undefined)
      return refuse(
        409,
        'custom_id_taken',
        `Another file of this project has the customId "${String(customId)}". Send replace: true to become its new version.`,
      );
    return null;
  }

  /** Whoever has a customId, or is the first on the way to it. */
  #holderOf(customId: unknown): Entry | undefined {
    return [...this.entries.values()].find(
      ({ file, isVersion }) =>
        file.customId === customId &&
        !file.replacedBy &&
        (file.status === 'ready' || (UNFINISHED.includes(file.status) && !isVersion)),
    );
  }

  /** The newest version ends with all that it replaced; their bytes are gone. */
  delete(entry: Entry): void {
    for (const older of this.entries.values())
      if (older.file.replacedBy === entry.file.id) this.delete(older);
    entry.file = { ...entry.file, status: 'deleted', url: null };
    entry.bytes = null;
  }

  /** Looks at the bytes that arrived: `ready`, or `rejected` with the reason. */
  async settle(entry: Entry, checksum: string | null): Promise<void> {
    const { bytes, declared, file } = entry;
    if (!bytes || !UNFINISHED.includes(file.status)) return;
    const digest = await sha256(bytes);
    const found = sniffed(bytes, file.type);
    const failure =
      declared !== null && declared !== digest
        ? { code: 'digest_mismatch', message: `Expected SHA-256 ${declared}, found ${digest}.` }
        : found
          ? {
              code: 'type_mismatch',
              message: `Expected ${file.type}, as was announced; the content is ${found}.`,
            }
          : null;
    entry.failure = failure;
    const replaced =
      entry.isVersion && !failure ? this.#holderOf(file.customId ?? undefined) : undefined;
    if (replaced?.file.status === 'ready')
      replaced.file = { ...replaced.file, replacedBy: file.id };
    const isPublic = file.visibility === 'public' && !failure;
    entry.file = {
      ...file,
      sha256: failure || (checksum && !declared) ? declared : digest,
      checksum,
      status: failure ? 'rejected' : 'ready',
      url: isPublic ? `${this.url()}/f/${file.key}` : null,
      readyAt: failure ? null : new Date().toISOString(),
      replaces: replaced?.file.status === 'ready' ? replaced.file.id : null,
    };
    if (failure) entry.bytes = null;
  }

  /** Newest first, a page at a time. */
  list(query: URLSearchParams): { data: SlipwayFile[]; nextCursor: string | null } {
    const limit = Number(query.get('limit') ?? 50);
    const [q, type, status] = [
      query.get('q')?.toLowerCase(),
      query.get('type'),
      query.get('status'),
    ];
    const [from, to] = [query.get('from'), query.get('to')].map((time) => time && Date.parse(time));
    const files = [...this.entries.values()]
      .map(({ file }) => file)
      .reverse()
      .filter(
        (file) =>
          (!q ||
            file.name.toLowerCase().includes(q) ||
            [file.id, file.key, file.customId].some((id) => id?.toLowerCase() === q)) &&
          (!type ||
            (type.endsWith('/*') ? file.type.startsWith(type.slice(0, -1)) : file.type === type)) &&
          (status ? file.status === status : file.status !== 'deleted') &&
          (query.get('versions') === 'true' || !file.replacedBy) &&
          (!from || Date.parse(file.createdAt) >= from) &&
          (!to || Date.parse(file.createdAt) < to),
      );
    const start = query.get('cursor')
      ? files.findIndex(({ id }) => id === query.get('cursor')) + 1
      : 0;
    const data = files.slice(start, start + limit);
    const more = start + limit < files.length;
    return { data, nextCursor: more ? (data.at(-1)?.id ?? null) : null };
  }
}

/** The request's own word, else that of the route in code. */
function asksToReplace({ customId, replace, rules }: Record<string, unknown>): boolean {
  const ruled = isObject(rules) ? rules['replace'] : undefined;
  return customId !== undefined && (replace ?? ruled) === true;
}

function expiryOf({ expiresInDays }: Record<string, unknown>): string | null {
  if (typeof expiresInDays !== 'number') return null;
  return new Date(Date.now() + expiresInDays * 86_400_000).toISOString();
}

/** Why rules refuse a file: the project's, or those that came with the request. */
function refusalOf(
  { name, size, type }: { name?: unknown; size: number; type: string },
  { allowedTypes = [], minSize = 0, maxSize = Number.POSITIVE_INFINITY }: RequestRules,
): Response | null {
  const matches = (pattern: string) => {
    if (pattern.startsWith('.')) return String(name).toLowerCase().endsWith(pattern);
    return pattern.endsWith('/*') ? type.startsWith(pattern.slice(0, -1)) : type === pattern;
  };
  if (allowedTypes.length > 0 && !allowedTypes.some(matches))
    return refuse(
      422,
      'file_type_not_allowed',
      `Expected ${allowedTypes.join(', ')}; this file is ${type}.`,
      { rule: 'allowedTypes', expected: allowedTypes, received: type },
    );
  if (size > maxSize)
    return refuse(
      422,
      'file_too_large',
      `Expected a file of up to ${maxSize} bytes; this one has ${size}.`,
      { rule: 'maxSize', expected: maxSize, received: size },
    );
  if (size < minSize)
    return refuse(
      422,
      'file_too_small',
      `Expected a file of at least ${minSize} bytes; this one has ${size}.`,
      { rule: 'minSize', expected: minSize, received: size },
    );
  return null;
}

/** What an announcement may say. */
const FIELDS = new Set([
  ...['name', 'size', 'type', 'sha256', 'customId', 'replace', 'metadata', 'folder', 'tags'],
  ...['visibility', 'expiresInDays', 'expiresAt', 'temporary', 'confirmWithinHours', 'route'],
  ...['uploader', 'rules', 'callback', 'uploadthing', 'multipart'],
]);

/** What is wrong with an announcement. */
function invalid(input: unknown): string | null {
  if (!isObject(input)) return 'expected an object';
  const unknown = Object.keys(input).find((field) => !FIELDS.has(field));
  if (unknown !== undefined) return `${unknown}: there is no such field`;
  const { name, size, type, sha256: digest, customId, metadata } = input;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for
  if (typeof name !== 'string' || !/^[^/\\\u0000-\u001f\u007f]{1,512}$/.test(name))
    return 'name: expected a name without a path';
  if (!Number.isSafeInteger(size) || Number(size) < 0) return 'size: expected a number of bytes';
  if (
    typeof type !== 'string' ||
    !/^\s*[a-z0-9][\w!#$&^.+-]*\/[a-z0-9][\w!#$&^.+-]*\s*$/i.test(type)
  )
    return 'type: expected a type such as image/jpeg';
  if (digest !== undefined && !/^[0-9a-f]{64}$/i.test(String(digest)))
    return 'sha256: expected a SHA-256 as 64 hexadecimal digits';
  if (input['replace'] === true && customId === undefined)
    return 'replace: expected "customId" with it';
  if (customId !== undefined && !/^.{1,128}$/s.test(String(customId)))
    return 'customId: expected at most 128 characters';
  const values = Object.values(isObject(metadata) ? metadata : {});
  const isFlat = values.every((value) => value === null || typeof value !== 'object');
  if (metadata !== undefined && !(isObject(metadata) && isFlat))
    return 'metadata: expected an object of strings, numbers, booleans and nulls';
  return null;
}
