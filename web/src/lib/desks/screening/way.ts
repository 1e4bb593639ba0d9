import type { Way } from '$lib/api/model';
import { named, t } from '$lib/i18n/index.svelte';
import { registry } from '$lib/state/registry.svelte';

type Part = Way['parts'][number];

/** A stretch of a way as people read it: one part, or the poles of one owner that follow each other. */
export interface Leg {
  kind: Part['kind'];
  metres: number;
  parts: Part[];
}

const isPole = ({ class: what }: Part): boolean => what === 'pole' || what === 'host';

/** The legs of a way in order. Each pole is a part of its own, and a street has many. */
export function legsOf({ parts }: Pick<Way, 'parts'>): Leg[] {
  const legs: Leg[] = [];
  for (const part of parts) {
    const last = legs.at(-1);
    const before = last?.parts.at(-1);
    const isRow = before && isPole(before) && isPole(part) && before.class === part.class && before.kind === part.kind && before.owner === part.owner;
    if (last && isRow) {
      last.metres += part.metres;
      last.parts.push(part);
    } else {
      legs.push({ kind: part.kind, metres: part.metres, parts: [part] });
    }
  }
  return legs;
}

/** What a leg runs in and whose that is; empty for new ground. */
export function legText({ parts }: Leg): string {
  const [first] = parts;
  if (!first?.asset) return '';
  const codes = parts.map(({ code }) => code || t('asset.noCode'));
  const name = named('class', first.class);
  const what = parts.length === 1 ? `${name} ${codes[0]}` : t('way.row', { what: name, n: parts.length, from: codes[0]!, to: codes.at(-1)! });
  return `${what} · ${registry.organisation(first.owner) ?? t('value.none')}`;
}
