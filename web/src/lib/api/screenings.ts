import { post } from './client';
import type { RequestFeature, ScreeningAnswer } from './model';

/** Judges a request with the rules of `ruleset`. Stores nothing. */
export const screen = (request: RequestFeature, ruleset: string): Promise<ScreeningAnswer> =>
  post('/api/v1/screenings', request, { ruleset });
