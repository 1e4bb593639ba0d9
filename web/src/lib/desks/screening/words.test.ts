import { afterEach, expect, it } from 'vitest';
import { speech } from '$lib/i18n/index.svelte';
import { conditionText, unitText, whatOf } from './words';

afterEach(() => {
  speech.language = 'vi';
});

it('an upgrade is not called new', () => {
  expect(whatOf({ class: 'mast', upgrades: null })).toBe('Cột ăng ten mới');
  expect(whatOf({ class: 'mast', upgrades: 'VNPT-01' })).toBe('Cột ăng ten, nâng cấp VNPT-01');
});

it.each(['mast', 'radio_station', 'pole', 'manhole', 'cabinet', 'host', 'aerial_route', 'duct', 'trench'])(
  'whatever can be asked for has a name: %s',
  (name) => {
    expect(whatOf({ class: name })).not.toBe(name);
  },
);

it('a unit agrees with its number', () => {
  speech.language = 'en';
  expect([unitText('operators', 1), unitText('operators', 2), unitText('boxes', 1), unitText('m', 1)]).toEqual(['operator', 'operators', 'box', 'm']);
});

it('a condition that the request says nothing of is not left open', () => {
  expect([true, false, null].map((met) => conditionText({ met }))).toEqual(['Hồ sơ đã đáp ứng', 'Hồ sơ chưa đáp ứng', 'Hồ sơ chưa nêu']);
});
