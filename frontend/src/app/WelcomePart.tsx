import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useQuery } from "@tanstack/react-query";
import { api, data, type Schemas } from "@/api/client";
import { ButtonLink } from "@/components/Button";
import { RoleMark } from "@/components/Mark";
import { useTitle } from "@/components/Page";
import { Count } from "@/components/Words";
import { Arbour } from "./Arbour";
import styles from "./WelcomePart.module.css";

/** What whoever comes by sees first: what this is, how it goes, and what becomes of it. */
export function WelcomePart() {
  const { t } = useTranslation("welcome");
  useTitle("");
  return (
    <div className={styles["welcome"]}>
      <section className={styles["title"]}>
        <div>
          <h1>{t("title")}</h1>
          <p className={styles["sentence"]}>{t("sentence")}</p>
          <div className={styles["ways"]}>
            <ButtonLink look="primary" large to="/account/sign-up">
              {t("join")}
            </ButtonLink>
            <ButtonLink large to="/learn">
              {t("look")}
            </ButtonLink>
          </div>
          <p className="soft">{t("ten")}</p>
        </div>
        <Arbour />
      </section>
      <Steps />
      <section className={styles["chapter"]}>
        <h2>{t("becomes.title")}</h2>
        <div className={`reading ${styles["prose"]}`}>
          <p>{t("becomes.open")}</p>
          <p>{t("becomes.yours")}</p>
        </div>
        <Figures />
        <p className={styles["links"]}>
          <Link to="/datasets">{t("publish:title")}</Link>
          <Link to="/guide">{t("guide")}</Link>
          <Link to="/terms">{t("terms")}</Link>
          <Link to="/privacy">{t("privacy")}</Link>
        </p>
      </section>
    </div>
  );
}

function Steps() {
  const { t } = useTranslation("welcome");
  return (
    <ol className={styles["steps"]}>
      <li>
        <RoleMark role="prompter" size={40} />
        <h2>{t("ask.title")}</h2>
        <p>{t("ask.text")}</p>
      </li>
      <li>
        <RoleMark role="assistant" size={40} />
        <h2>{t("answer.title")}</h2>
        <p>{t("answer.text")}</p>
      </li>
      <li>
        <Order />
        <h2>{t("judge.title")}</h2>
        <p>{t("judge.text")}</p>
      </li>
    </ol>
  );
}

/** Three answers in their order: the best leaf is the fullest. */
function Order() {
  return (
    <svg width="58" height="40" viewBox="0 0 58 40" aria-hidden="true" focusable="false">
      <path d="M2 37C1 20 9 6 29 4c1 21-9 31-25 30" fill="var(--leaf)" />
      <path
        d="M30 37c-.500-10 4-17 15-18 .500 12-5 17-13.500 16.500"
        fill="none"
        stroke="var(--leaf)"
        strokeWidth="2.200"
      />
      <path
        d="M47 37c-.300-5 2-8.500 8-9 .200 6-2.500 8.500-7 8.300"
        fill="none"
        stroke="var(--leaf)"
        strokeWidth="1.800"
      />
    </svg>
  );
}

/** What there is so far. Left out while nobody knows, and while there is nothing to be proud of. */
function Figures() {
  const { t } = useTranslation("welcome");
  const { data: stats } = useQuery({
    queryKey: ["stats"],
    queryFn: () => data(api.GET("/api/v1/stats")),
    staleTime: 300_000,
  });
  const figures = stats ? figuresOf(stats) : [];
  if (figures.length === 0) return null;
  return (
    <dl className={styles["figures"]}>
      {figures.map(([name, count]) => (
        <div key={name}>
          <dt>{t(`figures.${name}`, { count })}</dt>
          <dd>
            <Count of={count} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

function figuresOf(stats: Schemas["Stats"]): [string, number][] {
  const languages = Object.values(stats.messages.by_language).filter((one) => (one["live"] ?? 0) > 0);
  const all: [string, number][] = [
    ["messages", stats.messages.total["live"] ?? 0],
    ["languages", languages.length],
    ["trees", stats.trees.total["ready_for_export"] ?? 0],
    ["people", stats.people.consenting],
  ];
  return all.filter(([, count]) => count > 0);
}
