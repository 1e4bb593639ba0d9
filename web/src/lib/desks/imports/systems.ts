/** The reference systems that files of the region come in; the server knows the others too. Names are EPSG's. */
export const SYSTEMS: readonly (readonly [string, string])[] = [
  ['EPSG:9210', 'VN-2000 / TM-3 105-45'],
  ['EPSG:9209', 'VN-2000 / TM-3 105-30'],
  ['EPSG:5897', 'VN-2000 / TM-3 zone 482'],
  ['EPSG:3405', 'VN-2000 / UTM zone 48N'],
  ['EPSG:4756', 'VN-2000'],
  ['EPSG:4326', 'WGS 84'],
  ['EPSG:32648', 'WGS 84 / UTM zone 48N'],
];
