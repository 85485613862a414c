import type { FileView, ProjectView, RequestUpload } from '@repo/slipway';
import type { CreateUpload, SlipwayFile, SlipwayProject } from 'slipway/server';
import { expectTypeOf, test } from 'vitest';

/** Nobody changes what an answer says. */
type Fixed<T> = T extends readonly (infer Item)[]
  ? readonly Fixed<Item>[]
  : T extends object
    ? { readonly [Key in keyof T]: Fixed<T[Key]> }
    : T;

test('the SDK describes a project, its rules and what an upload may say as the API has them', () => {
  expectTypeOf<Fixed<ProjectView>>().toEqualTypeOf<Fixed<SlipwayProject>>();
  expectTypeOf<Exclude<keyof FileView, keyof SlipwayFile>>().toEqualTypeOf<never>();
  expectTypeOf<Exclude<keyof CreateUpload, keyof RequestUpload>>().toEqualTypeOf<never>();
  type Rules = Fixed<NonNullable<RequestUpload['rules']>>;
  expectTypeOf<Fixed<NonNullable<CreateUpload['rules']>>>().toExtend<Rules>();
});
