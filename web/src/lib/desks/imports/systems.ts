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

/** How files of Vietnam write their letters, under the names that people know. */
export const ENCODINGS: readonly (readonly [string, string])[] = [
  ['utf-8', 'UTF-8'],
  ['utf-16le', 'UTF-16 LE'],
  ['utf-16be', 'UTF-16 BE'],
  ['windows-1258', 'Windows-1258'],
  ['windows-1252', 'Windows-1252'],
  ['tcvn3', 'TCVN3 (ABC)'],
  ['vni', 'VNI'],
];
