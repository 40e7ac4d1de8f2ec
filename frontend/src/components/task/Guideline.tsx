import { useState } from "react";
import { useTranslation } from "react-i18next";
import { actOf, type Kind } from "@/api/tasks";
import { Button } from "@/components/Button";
import { Dialog } from "@/components/Dialog";
import { useHotkeys } from "@/lib/hotkeys";
import styles from "./Guideline.module.css";

interface ExampleWords {
  text: string;
  why: string;
}

const LABELS = [
  "spam", "fails_task", "lang_mismatch", "pii", "not_appropriate", "hate_speech", "sexual_content", "quality",
  "toxicity", "humor", "helpfulness", "creativity", "violence",
] as const; // prettier-ignore
// Asked only about what an assistant wrote.
const OF_ASSISTANTS: readonly string[] = ["fails_task", "helpfulness"];

/** What the guideline says about a kind: its own words first, then those it shares with its neighbours. */
function useGuideline(kind: Kind) {
  const { t, i18n } = useTranslation("guideline");
  const shared = `shared.${actOf(kind)}`;
  const own = `kinds.${kind}`;
  const list = (key: string): string[] =>
    [own, shared].flatMap((place) =>
      i18n.exists(`guideline:${place}.${key}`)
        ? (t(`${place}.${key}`, { returnObjects: true }) as string[])
        : [],
    );
  const example = (key: string): ExampleWords => {
    const place = i18n.exists(`guideline:${own}.${key}`) ? own : shared;
    return t(`${place}.${key}`, { returnObjects: true }) as ExampleWords;
  };
  return {
    hint: t(`${own}.hint`),
    purpose: t(`${own}.purpose`),
    dos: list("do"),
    donts: list("dont"),
    good: example("good"),
    bad: example("bad"),
  };
}

/** What is wanted, in two or three lines; two examples unfold, and the whole guideline is one key away. */
export function GuidelineHint({ kind }: { kind: Kind }) {
  const { t } = useTranslation(["guideline", "common"]);
  const [open, setOpen] = useState(false);
  const { hint } = useGuideline(kind);
  useHotkeys([{ keys: "g", label: t("key"), run: () => setOpen(true) }]);
  return (
    <div className={styles["hint"]}>
      <p>{hint}</p>
      <div className={styles["ways"]}>
        <details>
          <summary>{t("examples")}</summary>
          <Examples kind={kind} />
        </details>
        <Button look="bare" icon="book" className={styles["open"] ?? ""} onClick={() => setOpen(true)}>
          {t("open")}
        </Button>
      </div>
      <Dialog open={open} onClose={() => setOpen(false)} title={t(`common:kind.${kind}`)} wide>
        <Guideline kind={kind} />
      </Dialog>
    </div>
  );
}

function Examples({ kind }: { kind: Kind }) {
  const { t } = useTranslation("guideline");
  const { good, bad } = useGuideline(kind);
  return (
    <div className={styles["examples"]}>
      {(
        [
          ["good", good],
          ["bad", bad],
        ] as const
      ).map(([which, { text, why }]) => (
        <figure key={which} className={styles[which]}>
          <figcaption>
            <strong>{t(which)}</strong>
          </figcaption>
          <blockquote className="reading">{text}</blockquote>
          <p>{why}</p>
        </figure>
      ))}
    </div>
  );
}

/** The whole guideline for a kind of task. */
export function Guideline({ kind }: { kind: Kind }) {
  const { t } = useTranslation("guideline");
  const { purpose, hint, dos, donts } = useGuideline(kind);
  return (
    <div className={styles["guideline"]}>
      <p>{purpose}</p>
      <p>{hint}</p>
      <div className={styles["pair"]}>
        <List title={t("do")} sign="✓" points={dos} />
        <List title={t("dont")} sign="✕" points={donts} />
      </div>
      <Examples kind={kind} />
      {actOf(kind) === "label" && <Labels kind={kind} />}
    </div>
  );
}

function List({ title, sign, points }: { title: string; sign: string; points: readonly string[] }) {
  return (
    <section>
      <h3>{title}</h3>
      <ul className={styles["points"]}>
        {points.map((point) => (
          <li key={point}>
            <span aria-hidden="true">{sign}</span>
            {point}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Labels({ kind }: { kind: Kind }) {
  const { t } = useTranslation("guideline");
  const asked = LABELS.filter((name) => kind === "label_assistant_reply" || !OF_ASSISTANTS.includes(name));
  return (
    <section>
      <h3>{t("labelsTitle")}</h3>
      <dl className={styles["labels"]}>
        {asked.map((name) => (
          <div key={name}>
            <dt>{t(`labels.${name}.title`)}</dt>
            <dd>{t(`labels.${name}.text`)}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
