/**
 * A GeoTIFF of heights in degrees (EPSG:4326), 32-bit floats in one strip: what a planner would load, made for a story.
 * The corner is the north-west one.
 */
export function terrain({ west, north, cell, columns, rows, height }) {
  const extra = new ArrayBuffer(8 * 9 + 2 * 16);
  const doubles = new DataView(extra);
  [cell, cell, 0, 0, 0, 0, west, north, 0].forEach((value, at) => doubles.setFloat64(8 * at, value, true));
  // Version 1.1.0, three keys: geographic, areas, WGS 84.
  [1, 1, 0, 3, 1024, 0, 1, 2, 1025, 0, 1, 1, 2048, 0, 1, 4326].forEach((value, at) => doubles.setUint16(72 + 2 * at, value, true));
  const bytes = 4 * columns * rows;
  const tags = (at) => [
    [256, 4, 1, columns], [257, 4, 1, rows], [258, 3, 1, 32], [259, 3, 1, 1], [262, 3, 1, 1],
    [273, 4, 1, at + extra.byteLength], [277, 3, 1, 1], [278, 4, 1, rows], [279, 4, 1, bytes], [339, 3, 1, 3],
    [33550, 12, 3, at], [33922, 12, 6, at + 24], [34735, 3, 16, at + 72],
  ];
  const start = 8 + 2 + 12 * tags(0).length + 4;
  const file = Buffer.alloc(start + extra.byteLength + bytes);
  file.write('II');
  file.writeUInt16LE(42, 2);
  file.writeUInt32LE(8, 4);
  file.writeUInt16LE(tags(0).length, 8);
  tags(start).forEach(([tag, type, count, value], index) => {
    const at = 10 + 12 * index;
    file.writeUInt16LE(tag, at);
    file.writeUInt16LE(type, at + 2);
    file.writeUInt32LE(count, at + 4);
    file.writeUInt32LE(value, at + 8);
  });
  Buffer.from(extra).copy(file, start);
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1) {
      const at = start + extra.byteLength + 4 * (row * columns + column);
      file.writeFloatLE(height(west + (column + 0.5) * cell, north - (row + 0.5) * cell), at);
    }
  }
  return file;
}
