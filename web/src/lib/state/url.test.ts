import { expect, it } from 'vitest';
import { readAddress, START, writeAddress, type Address } from './url';

it('the first view has an empty address', () => {
  expect(writeAddress(START)).toBe('');
  expect(readAddress('')).toEqual(START);
});

it('an address that is sent shows the same view', () => {
  const address: Address = {
    desk: 'coverage',
    language: 'en',
    camera: { lon: 106.48, lat: 20.69, zoom: 13.25 },
    show: ['accuracy'],
    hide: ['host', 'pole'],
    case: 'c-1',
    plans: '2027',
    asset: '01930000-0000-7000-a000-000000000001',
    technology: '4g',
    network: 'viettel',
    environment: 'indoor',
    model: 'p1812',
    calibrated: true,
    part: 'closing',
    ruleset: 'bac-ninh-72-2025',
    past: 'recorded:2026-01-31',
    table: true,
  };
  expect(readAddress(writeAddress(address))).toEqual(address);
});

it('a camera stays readable in the address', () => {
  expect(writeAddress({ ...START, camera: { lon: 106.48, lat: 20.69, zoom: 13 } })).toBe('at=106.48000,20.69000,13.00');
});

it.each(['at=1,2', 'at=200,20,3', 'at=x,y,z', 'at=106,20,99', 'desk=nowhere', 'lang=fr', 'past=2026', 'past=then:2026-01-31', 'table=yes', 'model=guess', 'calibrated=yes'])(
  'what is malformed (%s) keeps its start value',
  (query) => expect(readAddress(query)).toEqual(START),
);
