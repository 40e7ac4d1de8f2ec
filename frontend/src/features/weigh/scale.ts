/** From how far from 0 on a correlation has which strength of colour. Below the first it has none. */
export const STEPS = [0.05, 0.1, 0.2, 0.3, 0.5] as const;

/** How strongly a correlation is coloured, and in which colour: -5 (against each other) to 5 (together). */
export function stepOf(value: number): number {
  const size = Math.abs(value);
  const steps = STEPS.filter((from) => size >= from).length;
  return steps === 0 ? 0 : Math.sign(value) * steps;
}

/** The same as the name of a class. */
export function shadeOf(step: number): string {
  if (step === 0) return "even";
  return step > 0 ? `warm${step}` : `cold${-step}`;
}

export interface Box {
  x: string;
  y: string;
  width: string;
  height: string;
}

const percent = (part: number) => `${Math.round(part * 100_000) / 1000}%`;

/** Where a cell lies, in percent of the whole. Where lines run right to left, the first column is the last. */
export function boxOf(
  row: number,
  column: number,
  size: { rows: number; columns: number; rtl: boolean },
): Box {
  const place = size.rtl ? size.columns - 1 - column : column;
  return {
    x: percent(place / size.columns),
    y: percent(row / size.rows),
    width: percent(1 / size.columns),
    height: percent(1 / size.rows),
  };
}

/** The middle of a box. */
export function middleOf(box: Box): { x: string; y: string } {
  const half = (start: string, length: string) => percent((parseFloat(start) + parseFloat(length) / 2) / 100);
  return { x: half(box.x, box.width), y: half(box.y, box.height) };
}

export interface Spot {
  row: number;
  column: number;
}

/** Where a key leads from a cell; null for keys that mean nothing here. Arrows mean what is seen. */
export function moved(
  from: Spot,
  key: string,
  { rows, columns, rtl, far }: { rows: number; columns: number; rtl: boolean; far: boolean },
): Spot | null {
  const along = rtl ? -1 : 1;
  const next: Record<string, Spot> = {
    ArrowUp: { row: from.row - 1, column: from.column },
    ArrowDown: { row: from.row + 1, column: from.column },
    ArrowRight: { row: from.row, column: from.column + along },
    ArrowLeft: { row: from.row, column: from.column - along },
    Home: { row: far ? 0 : from.row, column: 0 },
    End: { row: far ? rows - 1 : from.row, column: columns - 1 },
  };
  const to = next[key];
  return to ? { row: within(to.row, rows), column: within(to.column, columns) } : null;
}

function within(place: number, count: number): number {
  return Math.min(count - 1, Math.max(0, place));
}

/** Points between (0, 0) and (1, 1) as a path in a square of this size, whose y grows downwards. */
export function curveOf(points: readonly (readonly number[])[], size: number): string {
  const at = (part: number) => Math.round(part * size * 100) / 100;
  return points.map(([x = 0, y = 0], place) => `${place === 0 ? "M" : "L"}${at(x)} ${at(1 - y)}`).join("");
}

/** The decades that hold all these numbers: exponents of the smallest and the largest. */
export function decades(values: readonly (number | null)[]): { from: number; to: number } {
  const told = values.filter((value): value is number => value !== null && value > 0);
  if (told.length === 0) return { from: -4, to: 0 };
  const from = Math.floor(Math.log10(Math.min(...told)) + 1e-9);
  const to = Math.ceil(Math.log10(Math.max(...told)) - 1e-9);
  return { from, to: Math.max(to, from + 1) };
}

/** Where a number lies on a scale whose steps are tenfold, from 0 to 1; what is smaller than all lies at 0. */
export function placeOn({ from, to }: { from: number; to: number }, value: number): number {
  if (value <= 10 ** from) return 0;
  return Math.min(1, (Math.log10(value) - from) / (to - from));
}
