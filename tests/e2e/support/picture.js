import { PNG } from 'pngjs';

/** Side of the squares whose mean colours are compared: edges of letters and lines vanish in them. */
const SQUARE_PX = 12;
/** How far the mean of a colour channel may differ, of 255. */
const SHADE = 12;
/** The share of squares that may differ: letters fall a little differently on another machine. */
const SHARE = 0.02;

/** Steps between the shades that are kept in a smaller file. */
const STEP = 8;
/** The row filter of PNG that suits maps best. */
const PAETH = 4;

/** A picture of a page, to be compared with another as a person would who stands a step back. */
export class Picture {
  static read(bytes) {
    const picture = new Picture();
    const { width, height, data } = PNG.sync.read(bytes);
    Object.assign(picture, { width, height, data });
    return picture;
  }

  /** The picture as a PNG, as small as it gets without loss. */
  write() {
    return PNG.sync.write(this, { colorType: 2, deflateLevel: 9, filterType: PAETH });
  }

  /** The same with fewer shades, which nobody sees, for a smaller file. */
  withFewerShades() {
    return Object.assign(new Picture(), this, { data: this.data.map((shade) => Math.min(255, STEP * Math.round(shade / STEP))) });
  }

  /** The share of squares of this picture that look different in another. */
  share(other) {
    if (this.width !== other.width || this.height !== other.height) return 1;
    const [mine, theirs] = [this.#squares(), other.#squares()];
    const differing = mine.filter((square, index) => square.some((channel, at) => SHADE < Math.abs(channel - theirs[index][at])));
    return differing.length / mine.length;
  }

  /** Whether the pictures show different things, not only different edges. */
  looksUnlike(other) {
    return SHARE < this.share(other);
  }

  /** Whether anything at all differs, for pictures of one machine. */
  differsFrom(other) {
    return Buffer.compare(this.data, other.data) !== 0;
  }

  #squares() {
    const squares = [];
    for (let top = 0; top < this.height; top += SQUARE_PX) {
      for (let left = 0; left < this.width; left += SQUARE_PX) squares.push(this.#mean(left, top));
    }
    return squares;
  }

  /** Mean red, green and blue of a square. */
  #mean(left, top) {
    const sums = [0, 0, 0];
    const right = Math.min(left + SQUARE_PX, this.width);
    const bottom = Math.min(top + SQUARE_PX, this.height);
    for (let y = top; y < bottom; y += 1) {
      for (let x = left; x < right; x += 1) {
        const at = 4 * (y * this.width + x);
        for (let channel = 0; channel < 3; channel += 1) sums[channel] += this.data[at + channel];
      }
    }
    return sums.map((sum) => sum / ((right - left) * (bottom - top)));
  }
}
