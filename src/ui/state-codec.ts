/**
 * A widget's state as plain data with a schema: one codec per field, defaults, and a text form for the URL
 * that holds only what differs from the defaults, after a version (`1;data=spiral;noise=10`).
 *
 * Text that cannot be read never throws. The field falls back to its default and `problems` names it, so the
 * widget can say what happened.
 */
export interface Codec<T> {
  readonly fallback: T;
  encode(value: T): string;
  /** Returns `undefined` when `text` is not a value of this field. */
  decode(text: string): T | undefined;
}

export type Fields = Readonly<Record<string, Codec<unknown>>>;
export type StateOf<F extends Fields> = { [K in keyof F]: F[K] extends Codec<infer T> ? T : never };

export interface Decoded<S> {
  state: S;
  /** Names of the fields that could not be read; `"version"` when the whole text comes from another version. */
  problems: string[];
}

export interface StateSchema<S> {
  readonly version: number;
  readonly defaults: Readonly<S>;
  /** The URL form; the bare version when everything is at its default, for a lesson's preset may differ. */
  encode(state: S): string;
  decode(text: string): Decoded<S>;
}

/** A number within `[min, max]`, written with at most `digits` decimals (default 6). */
export function number(options: {
  fallback: number;
  min: number;
  max: number;
  digits?: number;
}): Codec<number> {
  const digits = options.digits ?? 6;
  return {
    fallback: options.fallback,
    encode: (value) => String(Number(value.toFixed(digits))),
    decode: (text) => {
      if (!/^-?\d*\.?\d+(e-?\d+)?$/i.test(text)) return undefined;
      const value = Number(text);
      return value >= options.min && value <= options.max ? value : undefined;
    },
  };
}

/** A whole number within `[min, max]`. */
export function integer(options: { fallback: number; min: number; max: number }): Codec<number> {
  const base = number({ ...options, digits: 0 });
  return {
    ...base,
    decode: (text) => {
      const value = base.decode(text);
      return value !== undefined && Number.isInteger(value) ? value : undefined;
    },
  };
}

/** One of a fixed set of names. */
export function choice<const T extends string>(options: readonly T[], fallback: NoInfer<T>): Codec<T> {
  return {
    fallback,
    encode: (value) => value,
    decode: (text) => options.find((option) => option === text),
  };
}

/**
 * Free text of at most `longest` characters, as people count them. Percent signs keep it apart from the marks that
 * divide the fields of an address.
 */
export function text(options: { fallback: string; longest: number }): Codec<string> {
  return {
    fallback: options.fallback,
    encode: (value) => encodeURIComponent(value),
    decode: (written) => {
      try {
        const value = decodeURIComponent(written).normalize("NFC");
        return [...value].length <= options.longest ? value : undefined;
      } catch {
        return undefined;
      }
    },
  };
}

/** On or off. */
export function flag(fallback: boolean): Codec<boolean> {
  return {
    fallback,
    encode: (value) => (value ? "1" : "0"),
    decode: (text) => (text === "1" ? true : text === "0" ? false : undefined),
  };
}

/** A list of at most `max` values; the whole list falls back when one member cannot be read. */
export function list<T>(
  member: Codec<T>,
  options: { fallback: readonly T[]; max: number },
): Codec<readonly T[]> {
  return {
    fallback: options.fallback,
    encode: (values) => values.map((value) => member.encode(value)).join(","),
    decode: (text) => {
      if (text === "") return [];
      const parts = text.split(",");
      if (parts.length > options.max) return undefined;
      const values: T[] = [];
      for (const part of parts) {
        const value = member.decode(part);
        if (value === undefined) return undefined;
        values.push(value);
      }
      return values;
    },
  };
}

/** Builds the schema of a widget's state from its fields. Raise `version` when a field changes its meaning. */
export function defineState<F extends Fields>(version: number, fields: F): StateSchema<StateOf<F>> {
  const names = Object.keys(fields) as (keyof F & string)[];
  const defaults = Object.fromEntries(names.map((name) => [name, fields[name]!.fallback])) as StateOf<F>;
  return {
    version,
    defaults,
    encode: (state) => {
      const parts = names
        .map((name) => ({ name, text: fields[name]!.encode(state[name]) }))
        .filter(({ name, text }) => text !== fields[name]!.encode(fields[name]!.fallback))
        .map(({ name, text }) => `${name}=${text}`);
      return [String(version), ...parts].join(";");
    },
    decode: (text) => decodeFields(text, version, fields, defaults),
  };
}

function decodeFields<F extends Fields>(
  text: string,
  version: number,
  fields: F,
  defaults: StateOf<F>,
): Decoded<StateOf<F>> {
  if (text === "") return { state: { ...defaults }, problems: [] };
  const [head, ...parts] = text.split(";");
  if (head !== String(version)) return { state: { ...defaults }, problems: ["version"] };
  const state: Record<string, unknown> = { ...defaults };
  const problems: string[] = [];
  for (const part of parts) {
    const at = part.indexOf("=");
    const name = part.slice(0, at);
    const value =
      at > 0 && Object.hasOwn(fields, name) ? fields[name]!.decode(part.slice(at + 1)) : undefined;
    if (value === undefined) problems.push(name || part);
    else state[name] = value;
  }
  return { state: state as StateOf<F>, problems };
}
