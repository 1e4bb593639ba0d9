/** Letters that Vietnamese has and English has not. */
const VIETNAMESE = /[ăâđêôơưĂÂĐÊÔƠƯ\u1ea0-\u1ef9àáãèéìíòóõùúýÀÁÃÈÉÌÍÒÓÕÙÚÝĩĨũŨ]/;

/** Every text that a page shows or reads out, except where the page itself says that it is Vietnamese. */
export async function wordsOf(page) {
  return page.evaluate(() => {
    const words = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT, (node) =>
      node instanceof Element && (node.matches('[lang=vi], script, style, .print-only') ) ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT,
    );
    while (walker.nextNode()) {
      const node = walker.currentNode;
      if (node instanceof Text) words.push(node.data.trim());
      else words.push(...['aria-label', 'title', 'placeholder'].map((name) => node.getAttribute(name) ?? ''));
    }
    return [document.title, ...words.filter(Boolean)];
  });
}

/** The words with Vietnamese in them once the given names are taken out. */
export function vietnameseIn(words, names) {
  const longestFirst = names.toSorted((a, b) => b.length - a.length);
  const without = (text) => longestFirst.reduce((rest, name) => rest.replaceAll(name, ''), text);
  return words.map(without).filter((text) => VIETNAMESE.test(text));
}
