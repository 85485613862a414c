/** What a value's type becomes on its way through JSON: dates turn into text, methods vanish. */
export type Jsonify<T> = T extends { toJSON(): infer Json }
  ? Json
  : T extends string | number | boolean | null
    ? T
    : T extends undefined | ((...args: never) => unknown)
      ? null
      : T extends readonly (infer Item)[]
        ? Jsonify<Item>[]
        : T extends object
          ? {
              [Key in keyof T]: undefined extends T[Key]
                ? Jsonify<Exclude<T[Key], undefined>> | undefined
                : Jsonify<T[Key]>;
            }
          : T;
