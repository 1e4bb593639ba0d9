/** Which rows of a long table are drawn. */
export interface Window {
  first: number;
  /** One past the last. */
  end: number;
  /** Pixels of rows left out above and below. */
  above: number;
  below: number;
}

/** Rows drawn beyond the frame on each side, so that scrolling shows no blank. */
const SPARE = 8;

/** The rows of `count` that a frame shows, each `row` pixels high. */
export function windowOf(count: number, row: number, scrolled: number, height: number): Window {
  const first = Math.max(0, Math.min(count, Math.floor(scrolled / row) - SPARE));
  const end = Math.min(count, Math.ceil((scrolled + height) / row) + SPARE);
  return { first, end: Math.max(first, end), above: first * row, below: (count - Math.max(first, end)) * row };
}
