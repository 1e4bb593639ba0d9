import { expect, it } from 'vitest';
import { find, plain, type Target } from './search';

const target = (name: string, kind: Target['kind'] = 'hamlet'): Target => ({ kind, name, code: '', at: [106.48, 20.69] });
const targets = [target('Nhà văn hoá thôn Cự Lai', 'place'), target('Cự Lai'), target('Đông Tạ'), target('VTL-0012', 'asset')];

it.each([
  ['cu lai', ['Cự Lai', 'Nhà văn hoá thôn Cự Lai']],
  ['ĐÔNG', ['Đông Tạ']],
  ['dong ta', ['Đông Tạ']],
  ['vtl', ['VTL-0012']],
  ['nowhere', []],
  ['', []],
])('%o finds %o', (text, names) => expect(find(text, targets).map(({ name }) => name)).toEqual(names));

it('a position is found before anything else, in either order', () => {
  expect(find('20.69, 106.48', targets)).toEqual([
    { kind: 'position', name: '106.480000, 20.690000', code: '', at: [106.48, 20.69] },
  ]);
});

it('tones and case do not matter', () => expect(plain('  Đền thờ Nguyễn Bỉnh Khiêm')).toBe('den tho nguyen binh khiem'));
