export const MOST_TOPICS = 30;
const LONGEST = 40;

/** The topics with those typed, separated by commas of any script: each once, in the order given. */
export function addTopics(topics: readonly string[], typed: string): string[] {
  const known = new Set(topics.map((topic) => topic.toLowerCase()));
  const more = [...topics];
  for (const part of typed.split(/[,;،、，]/)) {
    const topic = part.trim().replace(/\s+/g, " ").slice(0, LONGEST);
    if (!topic || known.has(topic.toLowerCase()) || more.length >= MOST_TOPICS) continue;
    known.add(topic.toLowerCase());
    more.push(topic);
  }
  return more;
}
