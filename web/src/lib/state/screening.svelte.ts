import type { AssetFeature, Finding, Host, ScreenedItem, ScreeningAnswer } from '$lib/api/model';
import { fetchAsset } from '$lib/api/registry';
import { screen } from '$lib/api/screenings';
import { formOf, geometryOf, requestOf, type RequestClass, type RequestFields } from '$lib/desks/screening/request';
import type { FileItem, OpenedFile } from '$lib/desks/screening/request-file';
import { readLine, writeCoordinates } from '$lib/map/coordinates';
import { registry } from './registry.svelte';
import { Task } from './task.svelte';
import { view } from './view.svelte';

/** The build request in hand, its answer, and the part of the answer that is pointed at. */
class Screening {
  class = $state<RequestClass>('mast');
  fields = $state<RequestFields>({});
  /** Positions as text, one a line: the same whether typed or drawn. */
  text = $state('');
  drawing = $state(false);
  /** The draft that is being written anew, when it is one. */
  draft = $state.raw<{ id: string; version: number; reference: string; title: string } | null>(null);
  /** The file that was opened beside the form, when one was. */
  file = $state.raw<OpenedFile | null>(null);
  task = new Task<ScreeningAnswer>();
  finding = $state.raw<Finding | null>(null);
  host = $state.raw<Host | null>(null);
  /** Assets that the pointed finding cites. */
  lit = $state.raw<AssetFeature[]>([]);

  line = $derived(readLine(this.text, registry.box));
  form = $derived(formOf(this.class));
  ruleset = $derived(view.ruleset ?? registry.territory?.default_rule_set ?? '');
  geometry = $derived(geometryOf(this.class, this.line.positions));
  request = $derived(requestOf(this.class, this.fields, this.geometry));

  get answer(): ScreeningAnswer | null {
    return this.task.value;
  }

  get item(): ScreenedItem | null {
    return this.answer?.items[0] ?? null;
  }

  /** Asks for the judgement of the request in hand. */
  async submit(): Promise<void> {
    const { request, ruleset } = this;
    if (!request) return;
    this.unpoint();
    this.drawing = false;
    await this.task.ask(() => screen(request, ruleset));
  }

  /** Lights up the assets that a finding cites; those that the viewer may not see stay dark. */
  async point(finding: Finding): Promise<void> {
    this.host = null;
    this.finding = finding;
    const answers = await Promise.allSettled(finding.assets.map(fetchAsset));
    if (this.finding !== finding) return;
    this.lit = answers.flatMap((answer) => (answer.status === 'fulfilled' ? [answer.value] : []));
  }

  /** Draws the way from the request to a host. */
  pointHost(host: Host): void {
    this.finding = null;
    this.lit = [];
    this.host = host;
  }

  unpoint(): void {
    this.finding = null;
    this.host = null;
    this.lit = [];
  }

  /** Fills the form in with a structure; a draft that is being written anew stays in hand. */
  fill({ class: requested, fields, positions }: Pick<FileItem, 'class' | 'fields' | 'positions'>): void {
    this.unpoint();
    this.task.clear();
    this.drawing = false;
    this.class = requested;
    this.fields = { ...fields };
    this.text = positions.map(writeCoordinates).join('\n');
  }

  /** Puts the request away and starts anew. */
  reset(): void {
    this.unpoint();
    this.task.clear();
    this.fields = {};
    this.text = '';
    this.drawing = false;
    this.draft = null;
    this.file = null;
  }
}

export const screening = new Screening();
