import { useTranslation } from "react-i18next";
import { Card } from "@/components/Page";
import { Count } from "@/components/Words";
import { Languages } from "./PreviewPart";
import styles from "./release.module.css";
import type { Release } from "./types";

const JUDGED = ["reviews", "ballots", "skips", "reactions"] as const;

/** How much is in it. */
export function FiguresPart({ release: { numbers } }: { release: Pick<Release, "numbers"> }) {
  const { t } = useTranslation("release");
  return (
    <Card className={styles["part"] ?? ""} aria-labelledby="figures">
      <h2 id="figures">{t("figures.title")}</h2>
      {!numbers && <p className="soft">{t("figures.notYet")}</p>}
      {numbers && (
        <>
          <dl className={styles["figures"]}>
            {(["trees", "messages", "people"] as const).map((name) => (
              <Figure key={name} what={t(`figures.${name}`)} of={numbers[name]} />
            ))}
            {JUDGED.filter((name) => numbers.judgements[name] > 0).map((name) => (
              <Figure key={name} what={t(`figures.${name}`)} of={numbers.judgements[name]} />
            ))}
          </dl>
          {numbers.by_lang.length > 1 && <Languages of={numbers.by_lang} />}
        </>
      )}
    </Card>
  );
}

export function Figure({ what, of }: { what: string; of: number }) {
  return (
    <div>
      <dt>{what}</dt>
      <dd>
        <Count of={of} />
      </dd>
    </div>
  );
}
