import { fetchCodeLists } from '$lib/api/editing';
import type { CodeList } from '$lib/api/model';

/** The code lists of the fields of assets: read when a form first needs them. */
class CodeLists {
  lists = $state.raw<CodeList[]>([]);

  async read(): Promise<void> {
    if (this.lists.length === 0) this.lists = await fetchCodeLists().catch(() => []);
  }

  /** The codes of a list; none while it is unread. */
  codes(name: string | undefined): string[] {
    return this.lists.find((list) => list.name === name)?.codes.map(({ code }) => code) ?? [];
  }
}

export const codeLists = new CodeLists();
