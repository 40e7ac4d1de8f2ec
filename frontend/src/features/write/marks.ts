/** A change of a text field: what is replaced, by what, and what is selected afterwards. */
export interface Change {
  from: number;
  to: number;
  insert: string;
  select: [number, number];
}

export type Mark = "bold" | "code" | "list" | "quote" | "link";

/** What pressing a button of the toolbar does to a text with this selection. Pressed again it takes it back. */
export function marked(mark: Mark, text: string, start: number, end: number): Change {
  switch (mark) {
    case "bold":
      return around(text, start, end, "**");
    case "code":
      return text.slice(start, end).includes("\n") ? fenced(text, start, end) : around(text, start, end, "`");
    case "list":
      return prefixed(text, start, end, "- ");
    case "quote":
      return prefixed(text, start, end, "> ");
    case "link":
      return linked(text, start, end);
  }
}

function around(text: string, start: number, end: number, sign: string): Change {
  const length = sign.length;
  const inner = text.slice(start, end);
  if (text.slice(start - length, start) === sign && text.slice(end, end + length) === sign) {
    return {
      from: start - length,
      to: end + length,
      insert: inner,
      select: [start - length, end - length],
    };
  }
  return { from: start, to: end, insert: sign + inner + sign, select: [start + length, end + length] };
}

function fenced(text: string, start: number, end: number): Change {
  const before = start > 0 && text[start - 1] !== "\n" ? "\n" : "";
  const after = text[end] === "\n" || end === text.length ? "" : "\n";
  const open = `${before}\`\`\`\n`;
  const insert = `${open}${text.slice(start, end)}\n\`\`\`${after}`;
  return { from: start, to: end, insert, select: [start + open.length, start + open.length + end - start] };
}

function prefixed(text: string, start: number, end: number, sign: string): Change {
  const from = text.lastIndexOf("\n", start - 1) + 1;
  const stop = text.indexOf("\n", end);
  const to = stop < 0 ? text.length : stop;
  const lines = text.slice(from, to).split("\n");
  const all = lines.every((line) => line.startsWith(sign));
  const insert = lines.map((line) => (all ? line.slice(sign.length) : sign + line)).join("\n");
  const moved = all ? -sign.length : sign.length;
  const select: [number, number] =
    start === end
      ? [Math.max(from, start + moved), Math.max(from, end + moved)]
      : [from, from + insert.length];
  return { from, to, insert, select };
}

function linked(text: string, start: number, end: number): Change {
  const inner = text.slice(start, end);
  if (/^https?:\/\/\S+$/.test(inner)) {
    return { from: start, to: end, insert: `[](${inner})`, select: [start + 1, start + 1] };
  }
  const place = start + inner.length + 3;
  return {
    from: start,
    to: end,
    insert: `[${inner}]()`,
    select: inner ? [place, place] : [start + 1, start + 1],
  };
}

/** Change a text field as if it had been typed, so that the browser's own undo knows of it. */
export function apply(field: HTMLTextAreaElement, change: Change): void {
  field.focus();
  field.setSelectionRange(change.from, change.to);
  // Deprecated, and still the only way that keeps the undo list; where it is gone the text is set without.
  const typed =
    typeof document.execCommand === "function" && document.execCommand("insertText", false, change.insert);
  if (!typed) {
    field.setRangeText(change.insert, change.from, change.to, "end");
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
  field.setSelectionRange(...change.select);
}
