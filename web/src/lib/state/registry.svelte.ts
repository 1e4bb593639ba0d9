import type { FeatureCollection } from 'geojson';
import { PLAN_LAYERS, type PlanCollection, type PlanLayer, type Session, type Territory } from '$lib/api/model';
import { Problem } from '$lib/api/problem';
import { fetchPlan, fetchTerritory } from '$lib/api/registry';
import { fetchSession, signIn, signOut } from '$lib/api/session';
import { fetchTileRange, type TileRange, type Version } from '$lib/api/tiles';
import { spoken, t } from '$lib/i18n/index.svelte';
import type { Box } from '$lib/map/box';
import { lookOf } from '$lib/map/look';
import { appearance } from './theme.svelte';

/** Who files requests of an organisation. */
const FILES = ['carrier_editor', 'carrier_administrator', 'utility'];

const NOTHING: FeatureCollection = { type: 'FeatureCollection', features: [] };

/** Who is looking at which territory, and the plan layers that carry the map. */
class Registry {
  session = $state.raw<Session | null>(null);
  territory = $state.raw<Territory | null>(null);
  plan = $state.raw<Record<PlanLayer, PlanCollection>>(emptyPlan());
  tiles = $state.raw<TileRange>({ minzoom: 0, maxzoom: 14 });
  problem = $state.raw<Problem | null>(null);
  /** Plan layers that could not be read. */
  missingPlan = $state.raw<PlanLayer[]>([]);
  loading = $state(true);
  /** When the data on the screen were read. */
  readAt = $state.raw<Date>(new Date());

  version = $derived<Version>({ seq: this.territory?.seq ?? 0, viewer: this.session?.account ?? 'public' });

  /** Around the territory, or around the assets while no outline is loaded. */
  box = $derived((this.territory?.bbox ?? null) as Box | null);

  look = $derived.by(() => {
    const owners = this.territory?.organisations ?? [];
    return lookOf(appearance.theme, owners, this.territory?.generalised_m ?? 0, this.box ? (this.box[1] + this.box[3]) / 2 : 20.7);
  });

  /** Reads everything anew, for example after signing in: another viewer may see other things. Says whether all of it was read. */
  async load(): Promise<boolean> {
    this.loading = true;
    this.problem = null;
    try {
      [this.session, this.territory, this.tiles] = await Promise.all([fetchSession(), fetchTerritory(), fetchTileRange()]);
      const isWhole = await this.readPlan();
      this.readAt = new Date();
      return isWhole;
    } catch (error) {
      this.problem = error instanceof Problem ? error : new Problem(0, 'unexpected');
      return false;
    } finally {
      this.loading = false;
    }
  }

  /** The name of the territory; none is loaded while it has no code. */
  get name(): string {
    return this.territory?.name ?? t('territory.none');
  }

  /** The title of the plan. */
  get planTitle(): string {
    const title = this.territory && spoken(this.territory, 'plan_title');
    return title || t('territory.noPlan');
  }

  /** The organisation in whose name the viewer files requests; null for everybody who files none. */
  get applicant(): string | null {
    return FILES.includes(this.session?.role ?? '') ? (this.session?.organisation ?? null) : null;
  }

  /** The name of a network: that of the one organisation that runs it, else its code. */
  network(code: string): string {
    const runners = this.territory?.organisations.filter(({ networks }) => networks.includes(code)) ?? [];
    return runners.length === 1 ? runners[0]!.name : code;
  }

  /** The title of a rule set; its code when it is not among those of the territory. */
  ruleSet(code: string): string {
    const set = this.territory?.rule_sets.find((candidate) => candidate.code === code);
    return set ? spoken(set, 'title') : code;
  }

  /** The name of an organisation; its code when the register does not name it. */
  organisation(code: string | null | undefined): string | null {
    if (!code) return null;
    return this.territory?.organisations.find((candidate) => candidate.code === code)?.name ?? code;
  }

  /** Signs in, perhaps not all the way: the session says what is still missing. */
  async signIn(account: string, password: string): Promise<void> {
    await signIn(account, password);
    await this.load();
  }

  async signOut(): Promise<void> {
    await signOut();
    await this.load();
  }

  /** Reads one layer of the plan anew, after something was written to it. */
  async readLayer(layer: PlanLayer): Promise<void> {
    const collection = await fetchPlan(layer).catch(() => null);
    if (collection) this.plan = { ...this.plan, [layer]: collection };
  }

  /** Reads every layer of the plan anew and says whether all could be read. */
  async readPlan(): Promise<boolean> {
    const answers = await Promise.allSettled(PLAN_LAYERS.map(fetchPlan));
    const plan = emptyPlan();
    const missing: PlanLayer[] = [];
    PLAN_LAYERS.forEach((layer, index) => {
      const answer = answers[index]!;
      if (answer.status === 'fulfilled') plan[layer] = answer.value;
      else missing.push(layer);
    });
    this.plan = plan;
    this.missingPlan = missing;
    return missing.length === 0;
  }
}

function emptyPlan(): Record<PlanLayer, PlanCollection> {
  return Object.fromEntries(PLAN_LAYERS.map((layer) => [layer, NOTHING])) as Record<PlanLayer, PlanCollection>;
}

export const registry = new Registry();
