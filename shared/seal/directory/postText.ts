/** What a post is called wherever it is named: its title and its unit, the unit once. */
export function postText({ title, unit }: { readonly title: string; readonly unit: string }): string {
  // Many forces write the unit into the title already.
  const isSaid = title.toLowerCase() === unit.toLowerCase() || title.toLowerCase().endsWith(`, ${unit.toLowerCase()}`);
  return unit === '' || isSaid ? title : `${title}, ${unit}`;
}
