import { useTranslation } from "react-i18next";
import { Button } from "@/components/Button";
import { Dialog } from "@/components/Dialog";
import { Markdown } from "@/components/Markdown";
import type { Move } from "./ranking";
import styles from "./rank.module.css";

export interface Compared {
  id: string;
  letter: string;
  text: string;
}

interface Props {
  /** The two, in the order in which they stand. Null: nothing to compare. */
  pair: readonly [Compared, Compared] | null;
  lang: string;
  onMove: (move: Move) => void;
  onClose: () => void;
}

/** Two replies in full, side by side, and the three things one can think of them. */
export function Compare({ pair, lang, onMove, onClose }: Props) {
  const { t } = useTranslation("rank");
  if (!pair) return null;
  const [first, second] = pair;
  const decide = (move: Move) => {
    onMove(move);
    onClose();
  };
  return (
    <Dialog
      open
      onClose={onClose}
      wide
      title={t("compareTitle", { first: first.letter, second: second.letter })}
      actions={
        <div className={styles["verdicts"]}>
          <Button onClick={() => decide({ move: "prefer", id: first.id, to: second.id })}>
            {t("better", { letter: first.letter })}
          </Button>
          <Button onClick={() => decide({ move: "join", id: second.id, to: first.id })}>{t("equal")}</Button>
          <Button onClick={() => decide({ move: "prefer", id: second.id, to: first.id })}>
            {t("better", { letter: second.letter })}
          </Button>
        </div>
      }
    >
      <div className={styles["compare"]}>
        {pair.map(({ id, letter, text }) => (
          <section key={id} aria-label={t("reply", { letter })}>
            <h3>
              <span className={styles["letter"]}>{letter}</span>
            </h3>
            <Markdown text={text} lang={lang} />
          </section>
        ))}
      </div>
    </Dialog>
  );
}
