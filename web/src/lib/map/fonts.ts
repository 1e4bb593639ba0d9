/** Every Vietnamese letter with every tone, in both cases, with Latin letters, digits and signs. */
export const LETTERS = (() => {
  const bases = ['a', 'ă', 'â', 'e', 'ê', 'i', 'o', 'ô', 'ơ', 'u', 'ư', 'y'];
  const tones = ['', '\u0300', '\u0301', '\u0303', '\u0309', '\u0323'];
  const vowels = bases.flatMap((base) => tones.map((tone) => (base + tone).normalize('NFC'))).join('');
  const rest = 'đbcdfghjklmnpqrstvwxz';
  return vowels + rest + (vowels + rest).toUpperCase() + '0123456789 .,:;()–—-≈±/·²';
})();

/**
 * Loads the bundled font for every letter before the map draws its first label.
 *
 * The font comes in parts by alphabet; a label drawn before its part has come falls back to another face and stays so.
 */
export async function loadMapFonts(): Promise<void> {
  const weights = [400, 500, 600].map((weight) => document.fonts.load(`${weight} 24px "Be Vietnam Pro"`, LETTERS));
  // A part that does not come leaves its letters to another face, which is better than no map.
  await Promise.allSettled(weights);
}
