import { speech } from '$lib/i18n/index.svelte';
import { START, readAddress, writeAddress, type Address, type Camera, type Desk, type Model, type Part } from './url';

/** What is shown, kept in the address of the page. */
class View {
  desk = $state<Desk>(START.desk);
  camera = $state.raw<Camera | null>(null);
  show = $state.raw<string[]>([]);
  hide = $state.raw<string[]>([]);
  asset = $state<string | null>(null);
  case = $state<string | null>(null);
  plans = $state<string | null>(null);
  technology = $state(START.technology);
  network = $state<string | null>(null);
  environment = $state(START.environment);
  model = $state<Model>(START.model);
  calibrated = $state(START.calibrated);
  part = $state<Part>(START.part);
  ruleset = $state<string | null>(null);
  past = $state<string | null>(null);
  table = $state(false);

  /** The desk, or the part of the desk of coverage: each wants other layers. */
  get room(): string {
    return this.desk === 'coverage' && this.part !== 'link' ? `coverage:${this.part}` : this.desk;
  }

  /** Whether a layer is drawn, given what it does by default. */
  shows(layer: string, byDefault: boolean): boolean {
    return byDefault ? !this.hide.includes(layer) : this.show.includes(layer);
  }

  /** Draws or hides a layer; only what differs from the default is kept. */
  setShown(layer: string, byDefault: boolean, shown: boolean): void {
    this.show = without(this.show, layer);
    this.hide = without(this.hide, layer);
    if (shown && !byDefault) this.show = [...this.show, layer].sort();
    if (!shown && byDefault) this.hide = [...this.hide, layer].sort();
  }

  /** Selects an asset, or none. */
  select(asset: string | null): void {
    this.asset = asset;
  }

  get address(): Address {
    const { desk, camera, show, hide, asset, case: open, plans, technology, network, environment, model, calibrated } = this;
    const { part, ruleset, past, table } = this;
    return { desk, camera, show, hide, asset, case: open, plans, technology, network, environment, model, calibrated, part, ruleset, past, table, language: speech.language };
  }

  set address(address: Address) {
    const { language, ...rest } = address;
    Object.assign(this, rest);
    speech.language = language;
  }
}

/** What Back returns to. */
const stepOf = (): string => `${view.desk} ${view.part} ${view.asset} ${view.case} ${view.plans}`;

const without = (list: string[], layer: string): string[] => list.filter((candidate) => candidate !== layer);

export const view = new View();

/** Takes the view from the address and keeps the two alike. A new room or selection is a step that Back undoes. */
export function followAddress(): void {
  view.address = readAddress(location.search);
  let step = stepOf();
  addEventListener('popstate', () => {
    view.address = readAddress(location.search);
    step = stepOf();
  });
  $effect.root(() => {
    $effect(() => {
      const query = writeAddress(view.address);
      const address = query ? `?${query}` : location.pathname;
      if (query === location.search.slice(1)) return;
      const next = stepOf();
      history[next === step ? 'replaceState' : 'pushState'](null, '', address);
      step = next;
    });
    $effect(() => {
      document.documentElement.lang = speech.language;
    });
  });
}
