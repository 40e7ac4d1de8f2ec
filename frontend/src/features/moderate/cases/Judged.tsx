import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { Ago } from "@/components/Words";
import { AllScores, Gauge } from "../Gauges";
import { sorted } from "../gauge";
import { useThresholds } from "../lists";
import styles from "./cases.module.css";
import { Panel } from "./Panel";
import type { CaseMessage } from "./types";
import { useNames } from "./useNames";
import { worstSaid } from "./why";

/** How machine and people judge the message: two rails, then everything else. */
export function Scores({ message }: { message: CaseMessage }) {
  const { t } = useTranslation("moderate");
  const { labelOf } = useNames();
  const limits = useThresholds(message.lang);
  const highest = message.detoxify && sorted(message.detoxify)[0];
  const worst = worstSaid(message);
  if (!highest && !worst) return null;
  return (
    <Panel title={t("cases.scores")}>
      {highest && (
        <Gauge
          who={t("machine")}
          what={t(`common:score.${highest[0]}`)}
          value={highest[1]}
          limits={limits.machine}
        />
      )}
      {worst && (
        <Gauge
          who={t("people", { count: worst.count })}
          what={labelOf(worst.label)}
          value={worst.value}
          limits={limits.people}
        />
      )}
      {message.detoxify && <AllScores item={{ scores: message.detoxify }} />}
    </Panel>
  );
}

/** Who reviewed it, and what they said. */
export function Reviews({ message }: { message: CaseMessage }) {
  const { t } = useTranslation("moderate");
  const { labelOf, shareOf, listOf } = useNames();
  if (message.reviews.length === 0) return null;
  const said = (labels: Record<string, number>) =>
    Object.entries(labels)
      .filter(([, value]) => value > 0)
      .sort(([, one], [, other]) => other - one)
      .map(([name, value]) => (value < 1 ? `${labelOf(name)} ${shareOf(value)}` : labelOf(name)));
  return (
    <Panel title={t("cases.reviews", { count: message.reviews.length })}>
      <ul className={styles["entries"]}>
        {message.reviews.map((review) => (
          <li key={review.id}>
            <p>
              <Link to={`/moderate/people/${review.by.id}`}>{review.by.display_name}</Link>{" "}
              <span className="soft">
                <Ago at={review.created_at} />
                {!review.counts && ` · ${t("cases.notCounted")}`}
              </span>
            </p>
            <p className="small">{listOf(said(review.labels)) || t("cases.saidNothing")}</p>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

/** What lighter machines remark: language, personal data, a text very like it. */
export function Remarks({ message }: { message: CaseMessage }) {
  const { t } = useTranslation("moderate");
  const { languageOf, shareOf } = useNames();
  const { opinion } = message;
  const said = opinion ? remarksOf(message) : null;
  if (!opinion || !said || (!said.otherLanguage && said.pieces.length === 0 && !opinion.twin_id)) return null;
  return (
    <Panel title={t("cases.remarks")}>
      <ul className={styles["entries"]}>
        {said.otherLanguage && (
          <li>
            {t("cases.otherLanguage", {
              language: languageOf(opinion.language),
              share: shareOf(opinion.language_sure ?? 0),
            })}
          </li>
        )}
        {said.pieces.map(({ kind, piece }) => (
          <li key={`${kind} ${piece}`}>
            {t(`cases.found.${kind}`)} <bdi className={styles["piece"]}>{piece}</bdi>
          </li>
        ))}
        {opinion.twin_id && (
          <li>
            <Link to={`/messages/${opinion.twin_id}`} target="_blank" rel="noopener">
              {t("cases.twin", { share: shareOf(opinion.likeness ?? 0) })}
            </Link>
          </li>
        )}
      </ul>
    </Panel>
  );
}

/** What is remarkable: another language than it should be, and pieces of personal data, each once. */
export function remarksOf({ text, lang, opinion }: Pick<CaseMessage, "text" | "lang" | "opinion">) {
  const characters = [...(text ?? "")]; // places count characters as Unicode has them
  const pieces = (opinion?.personal_data ?? []).map(({ kind, start, end }) => ({
    kind,
    piece: characters.slice(start, end).join(""),
  }));
  const language = opinion?.language ?? "";
  return {
    otherLanguage: language !== "" && language.split("-")[0] !== lang.split("-")[0],
    pieces: pieces.filter(
      ({ kind, piece }, place) =>
        piece !== "" && pieces.findIndex((one) => one.kind === kind && one.piece === piece) === place,
    ),
  };
}

/** Earlier texts of it. */
export function Revisions({ message }: { message: CaseMessage }) {
  const { t } = useTranslation("moderate");
  if (message.revisions.length === 0) return null;
  return (
    <Panel title={t("cases.revisions", { count: message.revisions.length })}>
      <ul className={styles["entries"]}>
        {message.revisions.map((revision) => (
          <li key={revision.version}>
            <details>
              <summary>
                {t("cases.revision", { number: revision.version })}{" "}
                <span className="soft">
                  {revision.by.display_name} · <Ago at={revision.at} />
                </span>
              </summary>
              <p lang={message.lang} dir="auto" className={styles["old"]}>
                {revision.text}
              </p>
            </details>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
