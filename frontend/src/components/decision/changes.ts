/** One thing that a decision changed, as it was and as it is. */
export interface Change {
  /** What was changed: the tree, the person, or a message by its id. */
  of: "tree" | "person" | "message" | "other";
  id: string;
  column: string;
  before: unknown;
  after: unknown;
}

type Facts = Record<string, unknown>;

function facts(value: unknown): Facts {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Facts) : {};
}

function compared(of: Change["of"], id: string, before: Facts, after: Facts): Change[] {
  const columns = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return columns.map((column) => ({ of, id, column, before: before[column], after: after[column] }));
}

/** What a decision changed, line by line: tree and person first, then the messages. */
export function changesOf({ before, after }: { before: unknown; after: unknown }): Change[] {
  const { tree: treeWas, person: personWas, messages: were, ...restWas } = facts(before);
  const { tree, person, messages, ...rest } = facts(after);
  const ids = [...new Set([...Object.keys(facts(were)), ...Object.keys(facts(messages))])];
  return [
    ...compared("tree", "", facts(treeWas), facts(tree)),
    ...compared("person", "", facts(personWas), facts(person)),
    ...compared("other", "", restWas, rest),
    ...ids.flatMap((id) => compared("message", id, facts(facts(were)[id]), facts(facts(messages)[id]))),
  ];
}
