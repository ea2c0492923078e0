import { z } from 'zod';

/** Turns the texts given for one field (none of them missing) into what its schema expects, or leaves them as they are. */
export type FromTexts = (texts: readonly string[]) => unknown;

const numberPattern = /^-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?$/;

/** The schema below `optional`, `default`, `nullable` and the like. */
export function bareSchema(schema: z.core.$ZodType): z.core.$ZodType {
  if (
    schema instanceof z.ZodOptional ||
    schema instanceof z.ZodDefault ||
    schema instanceof z.ZodPrefault ||
    schema instanceof z.ZodNullable ||
    schema instanceof z.ZodNonOptional ||
    schema instanceof z.ZodReadonly ||
    schema instanceof z.ZodCatch
  ) {
    return bareSchema(schema.def.innerType);
  }
  return schema instanceof z.ZodPipe ? bareSchema(schema.def.in) : schema;
}

/**
 * Compiles how texts (of a query, a path, a command line) become the value of that schema: numbers, booleans,
 * arrays from repeated texts, and with `separator` from one text of several parts. What cannot be turned stays
 * text, so that validation names what is wrong with it. Throws for objects, which have no form as text.
 */
export function fromTexts(schema: z.core.$ZodType, separator: string | null): FromTexts {
  const bare = bareSchema(schema);
  if (bare instanceof z.ZodArray) {
    const one = fromText(bare.element);
    return (texts) => (separator === null ? texts : texts.flatMap((text) => text.split(separator))).map(one);
  }
  const one = fromText(bare);
  return (texts) => (texts.length === 1 ? one(texts[0] as string) : texts);
}

function fromText(schema: z.core.$ZodType): (text: string) => unknown {
  const bare = bareSchema(schema);
  if (bare instanceof z.ZodNumber) return (text) => (numberPattern.test(text) ? Number(text) : text);
  if (bare instanceof z.ZodBoolean)
    return (text) => (text === 'true' ? true : text === 'false' ? false : text);
  if (bare instanceof z.ZodUnion) return fromUnion(bare.options);
  if (bare instanceof z.ZodObject || bare instanceof z.ZodRecord || bare instanceof z.ZodArray) {
    throw new TypeError(`A field of the type ${bare.def.type} cannot be given as text.`);
  }
  return (text) => text;
}

/** The first reading that one of the options accepts. */
function fromUnion(options: readonly z.core.$ZodType[]): (text: string) => unknown {
  const readings = options.map((option) => ({ option, read: fromText(option) }));
  return (text) => {
    for (const { option, read } of readings) {
      const value = read(text);
      if (z.safeParse(option, value).success) return value;
    }
    return text;
  };
}
