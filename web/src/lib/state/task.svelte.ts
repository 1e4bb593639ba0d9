import { Problem } from '$lib/api/problem';

/** One answer that is asked for again and again: only the newest question counts, the older ones are dropped. */
export class Task<T> {
  value = $state.raw<T | null>(null);
  problem = $state.raw<Problem | null>(null);
  busy = $state(false);
  /** When the value came. */
  at = $state.raw<Date | null>(null);
  #abort: AbortController | null = null;

  /** Asks; keeps the last value on the screen until the answer comes. */
  async ask(question: (signal: AbortSignal) => Promise<T>): Promise<void> {
    this.#abort?.abort();
    const abort = new AbortController();
    this.#abort = abort;
    this.busy = true;
    this.problem = null;
    try {
      const value = await question(abort.signal);
      if (abort.signal.aborted) return;
      this.at = new Date();
      this.value = value;
    } catch (error) {
      if (abort.signal.aborted) return;
      this.value = null;
      this.problem = error instanceof Problem ? error : new Problem(0, 'unexpected');
    } finally {
      if (this.#abort === abort) this.busy = false;
    }
  }

  /** Forgets the answer and any question under way. */
  clear(): void {
    this.#abort?.abort();
    this.value = null;
    this.problem = null;
    this.busy = false;
  }
}
