import type { Schemas } from "@/api/client";
import { KINDS, actOf, type Act, type Kind } from "@/api/tasks";

type Count = Schemas["Count"];

export interface KindOnOffer {
  kind: Kind;
  open: number;
  /** Where it is open, most first. */
  langs: { lang: string; open: number }[];
}

export interface ActOnOffer {
  act: Act;
  open: number;
  kinds: KindOnOffer[];
}

const ACTS: readonly Act[] = ["label", "rank", "write"];

/** The counts as the page shows them: by what one does, then by kind, the most wanted first; in these languages only. */
export function onOffer(counts: readonly Count[], langs: readonly string[]): ActOnOffer[] {
  const wanted = counts.filter((one) => langs.includes(one.lang) && one.open > 0);
  const kinds = KINDS.map((kind): KindOnOffer => {
    const found = wanted.filter((one) => one.kind === kind).map(({ lang, open }) => ({ lang, open }));
    return { kind, open: sum(found), langs: found.sort((a, b) => b.open - a.open) };
  });
  return ACTS.map((act) => {
    const mine = kinds.filter((one) => actOf(one.kind) === act).sort((a, b) => b.open - a.open);
    return { act, open: sum(mine), kinds: mine };
  }).sort((a, b) => Number(b.open > 0) - Number(a.open > 0));
}

function sum(counted: readonly { open: number }[]): number {
  return counted.reduce((total, one) => total + one.open, 0);
}

/** The address that asks for a task of this wish. No kind: any. All of one's languages need not be named. */
export function askFor({ kinds, langs }: { kinds?: readonly Kind[]; langs?: readonly string[] }): string {
  const query = new URLSearchParams();
  for (const kind of kinds ?? []) query.append(kinds?.length === 1 ? "kind" : "kinds", kind);
  for (const lang of langs ?? []) query.append("lang", lang);
  const text = query.toString();
  return text ? `/task?${text}` : "/task";
}
