import { Problem } from '$lib/api/problem';

/** One thing that a form does: busy while it is under way, and what went wrong last. */
export class Deed {
  busy = $state(false);
  problem = $state.raw<Problem | null>(null);

  /** Does it and says whether it was done. Nothing is done twice at once. */
  async run(act: () => Promise<void>): Promise<boolean> {
    if (this.busy) return false;
    this.busy = true;
    this.problem = null;
    try {
      await act();
      return true;
    } catch (error) {
      this.problem = error instanceof Problem ? error : new Problem(0, 'unexpected');
      return false;
    } finally {
      this.busy = false;
    }
  }
}
