import type { KeyboardEvent, PointerEvent } from "react";
import { useTranslation } from "react-i18next";
import { Icon, type IconName } from "@/components/Icon";
import { Markdown } from "@/components/Markdown";
import { Fold } from "./Fold";
import type { Move, Stand } from "./ranking";
import styles from "./rank.module.css";
import { useStandWords } from "./words";

export interface CardProps {
  id: string;
  letter: string;
  text: string;
  lang: string;
  stand: Stand;
  open: boolean;
  chosen: boolean;
  lifted: boolean;
  /** What letting go here would do. */
  drop: "before" | "after" | "join" | undefined;
  /** First of those that share a place: they stand side by side from here. */
  leads: boolean;
  onMove: (move: Move) => void;
  onToggle: () => void;
  onCompare: () => void;
  onGrab: (event: PointerEvent<HTMLElement>) => void;
}

/** One of the replies: a handle, its place, its text, and every move as a button. */
export function ReplyCard(props: CardProps) {
  const { id, letter, text, lang, stand, open, chosen, lifted, drop, leads, onMove, onToggle } = props;
  const { t } = useTranslation(["rank", "common"]);
  const words = useStandWords();
  const tied = stand.tiedWith.length > 0;

  function onArrow(event: KeyboardEvent) {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key !== "ArrowUp" && event.key !== "ArrowDown") return;
    event.preventDefault();
    onMove({ move: event.key === "ArrowUp" ? "up" : "down", id });
  }

  return (
    <li
      className={[
        styles["card"],
        tied && styles["tied"],
        leads && styles["leads"],
        stand.refused && styles["isRefused"],
      ]
        .filter(Boolean)
        .join(" ")}
      data-reply={id}
      data-lifted={lifted || undefined}
      data-drop={drop}
      aria-label={t("reply", { letter })}
    >
      <div className={styles["head"]}>
        <button
          type="button"
          id={`${id}-handle`}
          className={styles["handle"]}
          aria-label={t("handle", { letter, stand: words(stand) })}
          onPointerDown={props.onGrab}
          onKeyDown={onArrow}
        >
          <Icon name="grip" />
          <span className={styles["letter"]}>{letter}</span>
        </button>
        <span className={styles["stand"]}>{words(stand)}</span>
      </div>
      <Fold open={open} onToggle={onToggle}>
        {text === "" ? (
          <p className={styles["gone"]}>{t("common:deletedMessage")}</p>
        ) : (
          <Markdown text={text} lang={lang} />
        )}
      </Fold>
      <div className={styles["tools"]}>
        <Tool
          of={id}
          act="up"
          icon="up"
          label={t("up", { letter })}
          onPress={() => onMove({ move: "up", id })}
        />
        <Tool
          of={id}
          act="down"
          icon="down"
          label={t("down", { letter })}
          onPress={() => onMove({ move: "down", id })}
        />
        <Tool
          of={id}
          act="tie"
          icon="equal"
          label={tied ? t("untie") : t("tie")}
          short={tied ? t("untieShort") : t("tieShort")}
          onPress={() => onMove({ move: "tie", id })}
        />
        <Tool
          of={id}
          act="compare"
          icon="eye"
          label={t("compare")}
          short={t("compare")}
          pressed={chosen}
          onPress={props.onCompare}
        />
        <Tool
          of={id}
          act="refuse"
          icon={stand.refused ? "check" : "close"}
          label={t("refuse")}
          short={t("refuse")}
          pressed={stand.refused}
          onPress={() => onMove({ move: "refuse", id })}
        />
      </div>
    </li>
  );
}

interface ToolProps {
  of: string;
  act: string;
  icon: IconName;
  /** In full; its name wherever there is no room for a word. */
  label: string;
  /** Words beside the drawing, where there is room. */
  short?: string;
  pressed?: boolean;
  onPress: () => void;
}

function Tool({ of, act, icon, label, short, pressed, onPress }: ToolProps) {
  return (
    <button
      type="button"
      id={`${of}-${act}`}
      className={styles["tool"]}
      data-act={act}
      title={label}
      aria-pressed={pressed}
      onClick={onPress}
    >
      <Icon name={icon} size={18} />
      {short && <span className={styles["toolWord"]}>{short}</span>}
    </button>
  );
}
