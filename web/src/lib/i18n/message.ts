/**
 * A text with `{name}` places; English may have a form of its own for exactly one `{n}`, or, where a text has several
 * numbers, a word for exactly one and one for others: `{places} {places|place|places}`.
 */
export type Message = string | { one: string; other: string };

export type Values = Record<string, string | number>;

const PLACE = /\{(\w+)(?:\|([^|}]*)\|([^|}]*))?\}/g;

/** Fills the places of a message. A place without a value stays visible, so that it is found. */
export function fill(message: Message, values: Values = {}, write: (value: string | number) => string = String): string {
  const text = typeof message === 'string' ? message : values.n === 1 ? message.one : message.other;
  return text.replace(PLACE, (place, name: string, one?: string, other?: string) => {
    const value = values[name];
    if (value === undefined) return place;
    return one === undefined ? write(value) : String(String(value) === '1' ? one : other);
  });
}

/** The names of the places in a message, sorted. */
export function places(message: Message): string[] {
  const text = typeof message === 'string' ? message : message.one + message.other;
  return [...new Set([...text.matchAll(PLACE)].map((match) => match[1]!))].sort();
}
