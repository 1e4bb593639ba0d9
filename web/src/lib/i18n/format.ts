import type { Language } from '$lib/state/url';

const LOCALES: Record<Language, string> = { vi: 'vi-VN', en: 'en-GB' };

/** Numbers, lengths, areas, shares and dates as a language writes them. */
export class Format {
  readonly #locale: string;

  constructor(language: Language) {
    this.#locale = LOCALES[language];
  }

  /** A number with at most `digits` decimals. */
  number(value: number, digits = 0): string {
    return new Intl.NumberFormat(this.#locale, { maximumFractionDigits: digits }).format(value);
  }

  /** A share of 0 to 1 as a percentage; only all of it is written 100 %, only none of it 0 %. */
  share(value: number): string {
    const percent = value * 100;
    const rounded = value < 1 && 99.95 <= percent ? 99.9 : 0 < value && percent < 0.05 ? 0.1 : percent;
    return `${this.number(rounded, 1)}\u00a0%`;
  }

  /** `119 ± 5 m`: decimetres, and centimetres only where the accuracy is better than a metre; as the server writes it. */
  measured(value: number, accuracy: number | null | undefined, unit: string): string {
    const digits = accuracy && accuracy < 1 ? 2 : 1;
    const spread = accuracy ? `\u00a0±\u00a0${this.number(accuracy, digits)}` : '';
    return `${this.number(value, digits)}${spread}\u00a0${unit}`;
  }

  /** Metres up to a kilometre, then kilometres. */
  length(metres: number): string {
    if (metres < 1000) return `${this.number(metres, metres < 100 ? 1 : 0)}\u00a0m`;
    return `${this.number(metres / 1000, 2)}\u00a0km`;
  }

  /** Hectares up to a square kilometre, then square kilometres. */
  area(square_metres: number): string {
    if (square_metres < 1_000_000) return `${this.number(square_metres / 10_000, 1)}\u00a0ha`;
    return `${this.number(square_metres / 1_000_000, 2)}\u00a0km²`;
  }

  /** Degrees with 5 decimals, about one metre. */
  degrees(value: number): string {
    return new Intl.NumberFormat(this.#locale, { minimumFractionDigits: 5, maximumFractionDigits: 5 }).format(value);
  }

  /** A calendar day written `2027-03-01`; anything else comes back as it is. */
  day(text: string): string {
    const parts = /^(\d{4})-(\d{2})-(\d{2})/.exec(text);
    return parts ? this.date(new Date(Number(parts[1]), Number(parts[2]) - 1, Number(parts[3]))) : text;
  }

  /** A calendar day. */
  date(date: Date): string {
    return new Intl.DateTimeFormat(this.#locale, { day: '2-digit', month: '2-digit', year: 'numeric' }).format(date);
  }

  /** A day with its hour and minute. */
  moment(date: Date): string {
    const clock = new Intl.DateTimeFormat(this.#locale, { hour: '2-digit', minute: '2-digit' }).format(date);
    return `${this.date(date)} ${clock}`;
  }
}
