import { get, post, remove } from './client';
import type { ClosingJob, ClosingQuestion } from './model';

const PATH = '/api/v1/closing-plans';

export const startClosing = (question: ClosingQuestion): Promise<ClosingJob> => post(PATH, question);

export const fetchClosings = (signal?: AbortSignal): Promise<{ plans: ClosingJob[] }> => get(PATH, {}, signal);

export const fetchClosing = (id: string, signal?: AbortSignal): Promise<ClosingJob> => get(`${PATH}/${id}`, {}, signal);

export const cancelClosing = (id: string): Promise<void> => remove(`${PATH}/${id}`);
