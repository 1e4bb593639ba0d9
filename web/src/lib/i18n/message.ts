/** A text with `{name}` places; English may have a form of its own for exactly one `{n}`. */
export type Message = string | { one: string; other: string };

export type Values = Record<string, string | number>;

/** Fills the places of a message. A place without a value stays visible, so that it is found. */
export function fill(message: Message, values: Values = {}, write: (value: string | number) => string = String): string {
  const text = typeof message === 'string' ? message : values.n === 1 ? message.one : message.other;
  return text.replace(/\{(\w+)\}/g, (place, name: string) => {
    const value = values[name];
    return value === undefined ? place : write(value);
  });
}

/** The names of the places in a message, sorted. */
export function places(message: Message): string[] {
  const text = typeof message === 'string' ? message : message.one + message.other;
  return [...new Set([...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]!))].sort();
}
