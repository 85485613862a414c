import type { Jsonify } from '../shared/jsonify.ts';
import type {
  FileInfo,
  FileMetadata,
  JsonObject,
  SlipwayFile,
  UploadRules,
} from '../shared/types.ts';
import type { FileKeeping } from './file-changes.ts';
import { type RouteOptions, type RoutePolicy, readPolicy } from './route-rules.ts';
import {
  describeIssues,
  type SchemaInput,
  type SchemaOutput,
  type StandardSchema,
} from './standard-schema.ts';

/** What `authorize` decides on. */
export interface AuthorizeContext<Input> {
  readonly request: Request;
  readonly input: Input;
  /** The files of this request that keep the rules. A large selection comes in several requests. */
  readonly files: readonly FileInfo[];
}

/** What is known when a file's place in the project is chosen. */
export interface FileContext<Input, Metadata> {
  readonly request: Request;
  readonly input: Input;
  readonly metadata: Metadata;
  readonly file: FileInfo;
}

/** How a file is kept. Of what the route says, too, the stricter holds; folders lie below the route's. */
export interface FileOptions<Kept extends object = FileMetadata> extends FileKeeping {
  readonly name?: string | undefined;
  /** Your own id, unique in the project. */
  readonly customId?: string | undefined;
  /** With `customId`: becomes a new version of the file that has it, once it is ready. Default: what the rules say. */
  readonly replace?: boolean | undefined;
  /** Your own name of who uploads, such as a user's id; the project may limit what each of them stores. */
  readonly uploader?: string | undefined;
  /** Kept with the file and sent with its events. Default: the flat part of `authorize`'s result. */
  readonly metadata?: Kept | undefined;
}

/** What `onComplete` is told. */
export interface CompleteContext<Input, Metadata, Kept extends object = FileMetadata> {
  /** The browser's; with a callback address it is Slipway's, which has no cookies. */
  readonly request: Request;
  readonly input: Input;
  readonly metadata: Metadata;
  /** The same for each run for this file, so that its effects can be done once. */
  readonly eventId: string;
  /** A file that is `ready`. */
  readonly file: SlipwayFile<Kept>;
}

/** A route after types are forgotten; what the handler runs. */
export interface RouteDefinition extends Omit<RoutePolicy, 'rules'> {
  readonly parseInput: (raw: unknown) => Promise<ParsedInput>;
  readonly authorize: (context: AuthorizeContext<unknown>) => Promise<JsonObject>;
  readonly fileOptions: (context: FileContext<unknown, JsonObject>) => Promise<FileOptions>;
  readonly complete: (context: CompleteContext<unknown, JsonObject>) => Promise<unknown>;
}

/** The input as the schema made it, or what is wrong with it. */
export type ParsedInput =
  | { readonly value: unknown; readonly problem?: undefined }
  | { readonly problem: string };

/** Any route that may accept uploads. */
export interface AnyRoute<Input = unknown, Data = unknown> {
  readonly rules: UploadRules;
  readonly definition: RouteDefinition;
  /** Types only; never set. */
  readonly types?: { readonly input: Input; readonly serverData: Data } | undefined;
}

/** Routes by name. */
export type Routes = Readonly<Record<string, AnyRoute>>;

/** The metadata kept with a file: as the route's schema takes and makes them. */
export interface KeptMetadata<Given extends object = FileMetadata, Made extends object = Given> {
  readonly given: Given;
  readonly made: Made;
}

/** A route that says who may upload. */
export interface Route<
  Input,
  Parsed,
  Metadata,
  Data,
  Kept extends KeptMetadata<object, object> = KeptMetadata,
> extends AnyRoute<Input, Data> {
  /** Chooses the name, your own id and the metadata a file is kept with. */
  fileOptions(
    choose: (
      context: FileContext<Parsed, Metadata>,
    ) => FileOptions<Kept['given']> | Promise<FileOptions<Kept['given']>>,
  ): Route<Input, Parsed, Metadata, Data, Kept>;
  /**
   * Runs when a file is `ready`; what it returns reaches the browser as `serverData`. It may run more
   * than once for a file (a lost answer is asked for again), so make it idempotent by `eventId`.
   */
  onComplete<Result>(
    run: (context: CompleteContext<Parsed, Metadata, Kept['made']>) => Result | Promise<Result>,
  ): Route<Input, Parsed, Metadata, Awaited<Result>, Kept>;
}

/** A route that does not say yet who may upload; a handler does not take it. */
export interface UnauthorizedRoute<
  Input,
  Parsed,
  Kept extends KeptMetadata<object, object> = KeptMetadata,
> {
  /**
   * Decides who may upload: throw `UploadRejected('why')` to refuse. What it returns is given to
   * `onComplete` as `metadata`. It passes through the browser signed, not hidden: keep secrets out.
   */
  authorize<Result>(
    decide: (context: AuthorizeContext<Parsed>) => Result | Promise<Result>,
  ): Route<Input, Parsed, MetadataOf<Result>, null, Kept>;
  /** Lets everybody upload. */
  public(): Route<Input, Parsed, Record<string, never>, null, Kept>;
}

/** What a route's metadata schema takes and makes; anything flat without one. */
export type KeptOf<Schema> =
  Schema extends StandardSchema<infer Given, infer Made>
    ? KeptMetadata<Given & object, Made & object>
    : KeptMetadata;

/** The metadata that comes of `authorize`'s result, after its trip through JSON. */
export type MetadataOf<Result> = Result extends object ? Jsonify<Result> : Record<string, never>;

/** Starts a route: `route({ types: ['image/*'], maxSize: '4MB' }).authorize(…).onComplete(…)`. */
export function route<
  Schema extends StandardSchema | undefined = undefined,
  Kept extends StandardSchema<unknown, object> | undefined = undefined,
>(
  options: RouteOptions<Schema, Kept> = {},
): UnauthorizedRoute<SchemaInput<Schema>, SchemaOutput<Schema>, KeptOf<Kept>> {
  const { rules, ...policy } = readPolicy(options);
  const start = (authorize: RouteDefinition['authorize']): RouteDefinition => ({
    ...policy,
    parseInput: (raw) => parseInput(options.input, raw),
    authorize,
    fileOptions: async () => ({}),
    complete: async () => null,
  });
  type Parsed = SchemaOutput<Schema>;
  return {
    authorize: (decide) =>
      build(
        rules,
        start(
          async (context) =>
            ((await decide(context as AuthorizeContext<Parsed>)) ?? {}) as JsonObject,
        ),
      ),
    public: () =>
      build(
        rules,
        start(async () => ({})),
      ),
  };
}

/** The builder checks types for its callers; inside, the definition has forgotten them. */
function build<Input, Parsed, Metadata, Data, Kept extends KeptMetadata<object, object>>(
  rules: UploadRules,
  definition: RouteDefinition,
): Route<Input, Parsed, Metadata, Data, Kept> {
  return {
    rules,
    definition,
    fileOptions: (choose) =>
      build(rules, {
        ...definition,
        fileOptions: async (context) =>
          (await choose(context as unknown as FileContext<Parsed, Metadata>)) as FileOptions,
      }),
    onComplete: (run) =>
      build(rules, {
        ...definition,
        complete: async (context) =>
          run(context as unknown as CompleteContext<Parsed, Metadata, Kept['made']>),
      }),
  };
}

async function parseInput(schema: StandardSchema | undefined, raw: unknown): Promise<ParsedInput> {
  if (!schema) return { value: undefined };
  const result = await schema['~standard'].validate(raw);
  return result.issues ? { problem: describeIssues(result.issues) } : { value: result.value };
}
