import {
  acknowledgeImport, checkImport, commitImport, discardImport, fetchImport, fetchImportRows, fetchImports,
  followImport, revertImport, uploadImport,
  type Upload,
} from '$lib/api/imports';
import type { Import, ImportRow, RowAction } from '$lib/api/model';
import { registry } from './registry.svelte';
import { Task } from './task.svelte';

/** How long to wait before asking again how far an import is, in milliseconds. */
const PATIENCE = 700;

interface Rows {
  rows: ImportRow[];
  next: number | null;
}

/** Files on their way into the registry. */
class Imports {
  list = new Task<Import[]>();
  /** The import in hand. */
  task = new Task<Import>();
  rows = new Task<Rows>();
  action = $state<RowAction>('added');
  /** Conflicts that somebody has agreed with. */
  agreed = $state<string[]>([]);
  /** The row that is pointed at, shown on the map. */
  pointed = $state.raw<ImportRow | null>(null);

  get current(): Import | null {
    return this.task.value;
  }

  /** Whether the map shows what the import would do. */
  previews = $derived(this.task.value !== null && this.task.value.tally !== null);

  readList(): Promise<void> {
    return this.list.ask(() => fetchImports());
  }

  /** Opens an import that was left earlier. */
  async open(id: string): Promise<void> {
    this.#forget();
    await this.task.ask((signal) => this.#settled(id, 0, signal));
    await this.#readRows();
  }

  leave(): void {
    this.#forget();
    this.task.clear();
    void this.readList();
  }

  /** Uploads a file and begins to read it. */
  async upload(file: File, upload: Upload): Promise<void> {
    this.#forget();
    const key = `${file.name} ${file.size} ${file.lastModified} ${Date.now()}`;
    await this.task.ask(async (signal) => {
      const { id, revision } = await uploadImport(file, upload, key);
      await checkImport(id, null);
      return this.#settled(id, revision, signal);
    });
    await this.#readRows();
  }

  /** Reads the file again, in another way. */
  async check(options: Import['options']): Promise<void> {
    const { current } = this;
    if (!current) return;
    this.agreed = [];
    await this.task.ask(async (signal) => {
      await checkImport(current.id, options);
      return this.#settled(current.id, current.revision, signal);
    });
    await this.#readRows();
  }

  /** Agrees with everything and writes it. */
  async commit(): Promise<void> {
    const { current } = this;
    if (!current) return;
    const kinds = [...this.agreed];
    await this.task.ask(async () => {
      if (current.state === 'checked') await acknowledgeImport(current.id, current.revision, kinds);
      return commitImport(current.id);
    });
    await registry.load();
  }

  async revert(reason: string): Promise<void> {
    const { current } = this;
    if (!current) return;
    await this.task.ask(() => revertImport(current.id, current.revision, reason));
    await registry.load();
  }

  async discard(): Promise<void> {
    const { current } = this;
    if (!current) return;
    await this.task.ask(() => discardImport(current.id));
    this.leave();
  }

  /** Shows the rows of one kind. */
  async show(action: RowAction): Promise<void> {
    this.action = action;
    this.pointed = null;
    await this.#readRows();
  }

  async readMore(): Promise<void> {
    const { current } = this;
    const known = this.rows.value;
    if (!current || !known?.next) return;
    const { next } = known;
    await this.rows.ask(async () => {
      const page = await fetchImportRows(current.id, this.action, next);
      return { rows: [...known.rows, ...page.rows], next: page.next };
    });
  }

  async #readRows(): Promise<void> {
    const { current } = this;
    if (!current?.tally) return this.rows.clear();
    // The first kind that there is anything of.
    const { tally } = current;
    if (tally[this.action] === 0) {
      this.action = (['added', 'changed', 'missing', 'unchanged'] as const).find((action) => 0 < tally[action]) ?? 'added';
    }
    await this.rows.ask(() => fetchImportRows(current.id, this.action, 0));
  }

  /** The import once it has changed since a revision and nothing is being done with it; meanwhile, how far it is is shown. */
  async #settled(id: string, since: number, signal: AbortSignal): Promise<Import> {
    for (;;) {
      const now = await fetchImport(id, signal);
      if (now.progress === null && since < now.revision) return now;
      if (!signal.aborted) this.task.value = now;
      let told = false;
      const tell = (progress: NonNullable<Import['progress']>): void => {
        told = true;
        if (!signal.aborted) this.task.value = { ...now, progress };
      };
      await followImport(id, tell, signal).catch(() => (told = false));
      // Where the work has not begun or events do not come through, asking again later does.
      if (!told) await new Promise((resolve) => setTimeout(resolve, PATIENCE));
    }
  }

  #forget(): void {
    this.agreed = [];
    this.pointed = null;
    this.rows.clear();
  }
}

export const imports = new Imports();
