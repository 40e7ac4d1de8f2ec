/** A card without what stands at its top for machines only. */
export function forPeople(card: string): string {
  return card.replace(/^---\r?\n[\s\S]*?\r?\n---[ \t]*(\r?\n|$)/, "").trim();
}
