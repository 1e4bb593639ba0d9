import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { RuleSetSheet } from '$lib/api/model';
import { named } from '$lib/i18n/index.svelte';
import { approvalText, DOCUMENTS, documentsOf, dossierState, gateOf, gatesOf, toggled } from './dossier';
import { REQUEST_CLASSES } from './request';

const gate = { authority: { vi: 'cơ quan đường thủy', en: 'the waterways authority' }, approval: { vi: 'chấp thuận', en: 'its consent' } };
const rule = (id: string, rest: object = {}) => ({ id, gate, in_force: 1, subjects: ['mast', 'duct'], ...rest });
const sets = [
  { code: 'national', rules: [rule('N-1'), rule('N-2', { subjects: ['duct'] }), rule('N-3', { gate: null }), rule('N-4', { in_force: null })] },
  { code: 'here', rules: [rule('H-1')] },
  { code: 'elsewhere', rules: [rule('E-1')] },
] as unknown as RuleSetSheet[];

it('the gates of a class are those in force of the national and the chosen set', () => {
  const ids = (local: string, requested: 'mast' | 'duct' | 'pole') => gatesOf(sets, local, requested).map(({ id }) => id);
  expect(ids('here', 'mast')).toEqual(['N-1', 'H-1']);
  expect(ids('national', 'duct')).toEqual(['N-1', 'N-2']);
  expect(ids('here', 'pole')).toEqual([]);
});

it('an approval has the name of its authority whichever set it stands in', () => {
  expect(approvalText(gateOf(sets, 'E-1')!)).toBe('Cơ quan đường thủy: chấp thuận');
  expect([gateOf(sets, 'N-3'), gateOf(sets, 'X')]).toEqual([null, null]);
});

it('the words are those of the server, each has a name, and each counts for some class', () => {
  const source = readFileSync(join(import.meta.dirname, '../../../../../crates/core/src/request.rs'), 'utf8');
  const [, list = ''] = /Document, "documents" \{([\s\S]*?)\n {4}\}/.exec(source) ?? [];
  expect([...list.matchAll(/= "(\w+)"/g)].map(([, word]) => word)).toEqual([...DOCUMENTS]);
  for (const word of DOCUMENTS) {
    expect(named('document', word)).not.toBe(word);
    expect(REQUEST_CLASSES.some((requested) => documentsOf(requested, []).includes(word)), word).toBe(true);
  }
});

it('what a class does not need is kept away unless the list holds it', () => {
  expect(documentsOf('mast', [])).not.toContain('emf_certificate');
  expect(documentsOf('mast', ['emf_certificate', 'position']).filter((word) => ['emf_certificate', 'position'].includes(word))).toEqual(['position', 'emf_certificate']);
});

it('a word goes into a list and out of it', () => {
  expect([toggled(['a'], 'b'), toggled(['a', 'b'], 'a')]).toEqual([['a', 'b'], ['b']]);
});

it('a list that nobody began is told as such', () => {
  expect(dossierState({})).toBe('chưa liệt kê tài liệu');
  expect(dossierState({ documents: [], approvals: ['GT-ROAD'] })).toBe('0 tài liệu · 1 chấp thuận');
});
