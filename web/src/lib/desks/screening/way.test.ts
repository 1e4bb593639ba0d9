import { expect, it } from 'vitest';
import type { Territory, Way } from '$lib/api/model';
import { registry } from '$lib/state/registry.svelte';
import { legsOf, legText } from './way';

const part = (kind: string, code: string | null, owner: string | null = 'viettel', what: string | null = 'pole') => ({
  kind, code, owner, class: code ? what : null, asset: code, metres: 40, geometry: { type: 'LineString', coordinates: [] },
});

it('poles of one owner that follow each other are one leg, and everything else is a leg of its own', () => {
  registry.territory = { organisations: [], networks: [], rule_sets: [] } as unknown as Territory;
  const way = {
    parts: [
      part('new', null), part('shared', 'C-1'), part('shared', 'C-2'), part('ask', 'C-3'), part('ask', 'C-4', 'fpt'),
      part('shared', 'T-1', 'fpt', 'aerial_route'), part('shared', 'T-2', 'fpt', 'aerial_route'), part('shared', 'D-1', 'fpt', 'host'),
    ],
  } as unknown as Way;
  const legs = legsOf(way);
  expect(legs.map(({ kind, metres, parts }) => `${kind} ${metres} ${parts.length}`)).toEqual([
    'new 40 1', 'shared 80 2', 'ask 40 1', 'ask 40 1', 'shared 40 1', 'shared 40 1', 'shared 40 1',
  ]);
  expect(legText(legs[0]!)).toBe('');
  expect(legText(legs[1]!)).toContain('C-1 – C-2 (2)');
  expect(legText(legs[2]!)).toContain('C-3');
});
