/**
 * A change to pdfjs while its worker is bundled. To find a page, pdfjs reads the head of every page before it; where those
 * lie among the pictures, as scanners write them, that fetches the whole document for one page of it. A node of the page
 * tree that has as many children as pages has only pages for children, so that the one wanted can be gone to at once.
 * Fails the build where the place is not found: with another version of pdfjs it is looked for again.
 */
const BEFORE = /( +)for \(let last = kids\.length - 1; last >= 0; last--\) \{\n\s+const lastKid = kids\[last\];/g;

const STRAIGHT = `if (count === kids.length && kids.every((kid) => kid instanceof Ref)) {
  nodesToVisit.push(kids[pageIndex - currentPageIndex]);
  currentPageIndex = pageIndex;
  continue;
}
`;

export function straightToPage(source: string): string {
  const places = [...source.matchAll(BEFORE)];
  if (places.length !== 1) throw new Error(`pdfjs looks for pages in ${places.length} places, not one: see pageTree`);
  return source.replace(BEFORE, (place) => STRAIGHT + place);
}

/** For the worker's bundle. */
export const pageTree = {
  name: 'page-tree',
  transform: (source: string, id: string) =>
    /pdf\.worker\.mjs(\?|$)/.test(id) ? { code: straightToPage(source), map: null } : null,
};
