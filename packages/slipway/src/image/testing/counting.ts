import type { SlipwayContext } from '../../context.ts';
import type { SlipwayRuntime } from '../../runtime.ts';

/** The same runtime, counting the pictures it makes; `meanwhile` happens before one is stored. */
export function counting(runtime: SlipwayRuntime, meanwhile?: () => Promise<unknown>) {
  const made = { pictures: 0 };
  const counted: SlipwayRuntime = {
    ...runtime,
    context(input): SlipwayContext {
      const ctx = runtime.context(input);
      const processor = {
        ...ctx.images.processor,
        async render(...args: Parameters<typeof ctx.images.processor.render>) {
          made.pictures += 1;
          const rendered = await ctx.images.processor.render(...args);
          await meanwhile?.();
          return rendered;
        },
      };
      return { ...ctx, images: { ...ctx.images, processor } };
    },
  };
  return { runtime: counted, made };
}
