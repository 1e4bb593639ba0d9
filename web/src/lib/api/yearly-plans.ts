import { get, post, sendFile } from './client';
import type { RequestCollection, YearlyPlanAdoption, YearlyPlanFile, YearlyPlans } from './model';

const at = (year: string | number, rest = ''): string => `/api/v1/yearly-plans/${encodeURIComponent(year)}${rest}`;

/** What was handed in for a year, each structure judged as if all others were planned. */
export const fetchYearlyPlans = (year: string, signal?: AbortSignal): Promise<YearlyPlans> => get(at(year), {}, signal);

/** Takes structures of a year's plans into the commune's plan. */
export const adoptYearlyPlans = (year: number, adoption: YearlyPlanAdoption): Promise<{ version: number }> =>
  post(at(year, '/adoption'), adoption);

/** Reads a file of planned structures as a request; nothing is kept. */
export const readPlanFile = (
  year: string,
  file: File,
  query: { class: string; owner: string },
): Promise<Omit<YearlyPlanFile, 'request'> & { request: RequestCollection }> =>
  sendFile(at(year, '/items'), file, { file: file.name, ...query }, {});
