import type { WorksRow } from '$lib/api/model';

/** A month of the calendar. */
export interface Month {
  year: number;
  /** From 1. */
  month: number;
}

/** A work's place in the calendar: shares of the whole width, from 0 to 1. */
export interface Bar {
  row: WorksRow;
  from: number;
  to: number;
}

/** How many months the calendar shows. */
export const MONTHS_SHOWN = 12;

/** The months from the one that holds a day on. */
export function monthsFrom(today: string): Month[] {
  const [year, month] = today.split('-').map(Number) as [number, number];
  return Array.from({ length: MONTHS_SHOWN }, (_, index) => {
    const count = year * 12 + month - 1 + index;
    return { year: Math.floor(count / 12), month: (count % 12) + 1 };
  });
}

/** The works that touch the months shown, with where they lie. An open end runs to the edge. */
export function barsOf(rows: WorksRow[], months: Month[]): Bar[] {
  const first = months[0]!;
  const place = (day: string): number => {
    const [year, month, date] = day.split('-').map(Number) as [number, number, number];
    const whole = (year - first.year) * 12 + month - first.month;
    return (whole + (date - 1) / 31) / months.length;
  };
  const dated = rows.filter(({ starts_on, stage }) => starts_on && stage !== 'done');
  const bars = dated.map((row) => ({ row, from: place(row.starts_on!), to: row.ends_on ? place(row.ends_on) : 1 }));
  return bars
    .filter(({ from, to }) => from < 1 && 0 <= to)
    .map(({ row, from, to }) => ({ row, from: Math.max(0, from), to: Math.min(1, Math.max(to, from + 0.01)) }));
}
