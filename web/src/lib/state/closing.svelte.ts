import { cancelClosing, fetchClosing, fetchClosings, startClosing } from '$lib/api/closing';
import type { ClosingChoice, ClosingJob, ClosingPlan, ClosingQuestion, ClosingSteps, RequestFeature } from '$lib/api/model';
import { Problem } from '$lib/api/problem';
import { requestOf } from '$lib/desks/screening/request';
import { writeCoordinates, type Lonlat } from '$lib/map/coordinates';
import { registry } from './registry.svelte';
import { screening } from './screening.svelte';
import { view } from './view.svelte';

/** How often a plan under way is asked how far it is, in milliseconds. */
const PULSE_MS = 700;

export const PREFERENCES = ['in_order', 'standing_first', 'cost_only'] as const;

/** What a planner wants of an option. */
export type Wish = 'forced' | 'forbidden';

/** Closing plans: the question in hand, the plan under way or done, and what is pointed at. */
class Closing {
  /** Money of each phase as text, in million đồng. */
  phases = $state<string[]>(['3000']);
  preference = $state<(typeof PREFERENCES)[number]>('in_order');
  sites = $state<number | null>(null);
  exact = $state(true);
  /** By key of an option. */
  wishes = $state.raw<ReadonlyMap<string, Wish>>(new Map());
  job = $state.raw<ClosingJob | null>(null);
  jobs = $state.raw<ClosingJob[]>([]);
  problem = $state.raw<Problem | null>(null);
  /** Which of the two plans is looked at. */
  shown = $state<'steps' | 'optimum'>('steps');
  picked = $state<string | null>(null);
  #timer: ReturnType<typeof setTimeout> | undefined;

  plan = $derived<ClosingPlan | null>(this.job?.result ?? null);
  steps = $derived<ClosingSteps | null>((this.shown === 'optimum' ? this.plan?.optimum : null) ?? this.plan?.steps ?? null);
  busy = $derived(this.job?.state === 'waiting' || this.job?.state === 'running');

  get question(): ClosingQuestion {
    const wished = (wish: Wish): string[] => [...this.wishes].filter(([, value]) => value === wish).map(([key]) => key);
    return {
      technology: view.technology,
      network: view.network,
      environment: view.environment,
      model: view.model,
      calibrated: view.calibrated,
      phases: this.phases.map(Number).filter((money) => Number.isInteger(money) && 0 < money),
      sites: this.sites,
      preference: this.preference,
      exact: this.exact,
      forced: wished('forced'),
      forbidden: wished('forbidden'),
    };
  }

  /** Wants an option, does not want it, or leaves it to the plan: each click is the next of the three. */
  wish(key: string): void {
    const next = new Map(this.wishes);
    const now = next.get(key);
    if (now === undefined) next.set(key, 'forced');
    else if (now === 'forced') next.set(key, 'forbidden');
    else next.delete(key);
    this.wishes = next;
  }

  async start(): Promise<void> {
    await this.#guard(async () => {
      this.job = await startClosing(this.question);
      this.shown = 'steps';
      this.picked = null;
      this.#follow();
    });
  }

  async cancel(): Promise<void> {
    const { job } = this;
    if (job) await this.#guard(() => cancelClosing(job.id));
  }

  /** Finds the viewer's own plans again, after leaving or reloading the page. */
  async find(): Promise<void> {
    await this.#guard(async () => {
      this.jobs = (await fetchClosings()).plans;
      const latest = this.jobs[0];
      if (!this.job && latest) await this.open(latest.id);
    });
  }

  async open(id: string): Promise<void> {
    await this.#guard(async () => {
      this.job = await fetchClosing(id);
      this.#ask(this.job.result?.question ?? null);
      this.picked = null;
      this.#follow();
    });
  }

  /** Forgets what another viewer asked. */
  forget(): void {
    clearTimeout(this.#timer);
    this.job = null;
    this.jobs = [];
    this.wishes = new Map();
    this.problem = null;
  }

  /** Takes an option to the desk where requests are judged, as a request that is filled in as far as the plan knows. */
  draft(choice: ClosingChoice): void {
    const network = this.plan?.question.network ?? null;
    const runner = registry.territory?.organisations.find(({ networks }) => network !== null && networks.includes(network));
    screening.reset();
    screening.class = 'mast';
    screening.fields = {
      ...(runner ? { owner: runner.code } : {}),
      ...(network ? { network } : {}),
      ...(choice.height_m === null ? {} : { height_m: choice.height_m }),
    };
    screening.text = writeCoordinates(choice.at as Lonlat);
    view.desk = 'screening';
  }

  /** What is to be built for a choice, as far as the plan knows it; the applicant adds the rest to the draft. */
  requestOf(choice: ClosingChoice, owner: string): RequestFeature {
    const network = this.plan?.question.network ?? null;
    const fields = { owner, ...(network ? { network } : {}), ...(choice.height_m === null ? {} : { height_m: choice.height_m }) };
    return requestOf('mast', fields, { type: 'Point', coordinates: choice.at })!;
  }

  /** The form says what the plan on the screen was asked. */
  #ask(question: ClosingQuestion | null): void {
    if (!question) return;
    this.phases = question.phases?.length ? question.phases.map(String) : [''];
    this.preference = PREFERENCES.find((one) => one === question.preference) ?? this.preference;
    this.sites = question.sites ?? null;
    this.exact = question.exact ?? true;
  }

  #follow(): void {
    clearTimeout(this.#timer);
    if (this.busy) this.#timer = setTimeout(() => void this.#pulse(), PULSE_MS);
    else void fetchClosings().then(({ plans }) => (this.jobs = plans), () => undefined);
  }

  async #pulse(): Promise<void> {
    const id = this.job?.id;
    if (!id) return;
    await this.#guard(async () => {
      const job = await fetchClosing(id);
      if (this.job?.id !== id) return;
      this.job = job;
      this.#follow();
    });
  }

  async #guard(work: () => Promise<void>): Promise<void> {
    this.problem = null;
    try {
      await work();
    } catch (error) {
      this.problem = error instanceof Problem ? error : new Problem(0, 'unexpected');
    }
  }
}

export const closing = new Closing();
