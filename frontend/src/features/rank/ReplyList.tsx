import { useRef } from "react";
import { useTranslation } from "react-i18next";
import { ReplyCard } from "./ReplyCard";
import styles from "./rank.module.css";
import { standOf, tierOf, type Move, type Ranking } from "./ranking";
import type { Box, Target } from "./targets";
import { useDragging, type Drag } from "./useDragging";

interface Props {
  ranking: Ranking;
  replies: ReadonlyMap<string, { letter: string; text: string }>;
  lang: string;
  unfolded: ReadonlySet<string>;
  chosen: string | null;
  onMove: (move: Move) => void;
  onToggle: (id: string) => void;
  onCompare: (id: string) => void;
}

const REFUSED = "refused";

/** All replies in one list, best first, those that share a place side by side, the unacceptable ones at the foot. */
export function ReplyList({ ranking, replies, lang, unfolded, chosen, onMove, onToggle, onCompare }: Props) {
  const { t } = useTranslation("rank");
  const list = useRef<HTMLOListElement>(null);

  function boxes(): Box[] {
    const cards = list.current?.querySelectorAll<HTMLElement>("[data-reply]") ?? [];
    return [...cards].map((card) => {
      const id = card.dataset["reply"] ?? "";
      const { top, bottom, left, right } = card.getBoundingClientRect();
      const tier = tierOf(ranking, id);
      return { id, tier: tier < ranking.tiers.length ? tier : null, top, bottom, left, right };
    });
  }

  function drop(id: string, target: NonNullable<Target>) {
    if (target.to === "join") onMove({ move: "join", id, to: target.id });
    else if (target.to === "place") onMove({ move: "place", id, before: target.before });
    else if (!ranking.unacceptable.includes(id)) onMove({ move: "refuse", id });
  }

  const { drag, start } = useDragging({ boxes, onDrop: drop });
  const letter = (id: string) => replies.get(id)?.letter ?? "";

  function card(id: string) {
    const stand = standOf(ranking, id);
    return (
      <ReplyCard
        key={id}
        id={id}
        letter={letter(id)}
        text={replies.get(id)?.text ?? ""}
        lang={lang}
        stand={{ ...stand, tiedWith: stand.tiedWith.map(letter) }}
        open={unfolded.has(id)}
        chosen={chosen === id}
        lifted={drag?.id === id}
        drop={dropOn(drag, ranking, id)}
        leads={!stand.refused && ranking.tiers[tierOf(ranking, id)]?.[0] === id}
        onMove={onMove}
        onToggle={() => onToggle(id)}
        onCompare={() => onCompare(id)}
        onGrab={(event) => start(id, event)}
      />
    );
  }

  return (
    <>
      <ol className={styles["list"]} ref={list} aria-label={t("list")} data-dragging={drag ? "" : undefined}>
        {ranking.tiers.flat().map(card)}
        {(ranking.unacceptable.length > 0 || drag) && (
          <li
            key={REFUSED}
            className={styles["refusedHead"]}
            data-reply={REFUSED}
            data-drop={drag?.target?.to === "refuse" ? "join" : undefined}
          >
            <h3>{t("refusedTitle")}</h3>
            <p>{ranking.unacceptable.length > 0 ? t("refusedHelp") : t("refuseHere")}</p>
          </li>
        )}
        {ranking.unacceptable.map(card)}
      </ol>
      {drag && (
        <div
          className={styles["ghost"]}
          style={{ transform: `translate3d(${drag.x}px, ${drag.y}px, 0)` }}
          aria-hidden
        >
          <span className={styles["letter"]}>{letter(drag.id)}</span>
          <span className={styles["ghostText"]} dir="auto">
            {(replies.get(drag.id)?.text ?? "").slice(0, 80)}
          </span>
        </div>
      )}
    </>
  );
}

/** How a card shows where the dragged one would go: a line over or under its whole place, or a frame. */
function dropOn(drag: Drag | null, ranking: Ranking, id: string): "before" | "after" | "join" | undefined {
  const target = drag?.target;
  if (!target || target.to === "refuse") return undefined;
  if (target.to === "join") return target.id === id ? "join" : undefined;
  const tier = tierOf(ranking, id);
  if (tier >= ranking.tiers.length) return undefined;
  if (tier === target.before) return "before";
  const beyond = target.before === ranking.tiers.length && tier === target.before - 1;
  return beyond ? "after" : undefined;
}
