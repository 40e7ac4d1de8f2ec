import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Schemas } from "@/api/client";
import type { Act } from "@/api/tasks";
import { Button } from "@/components/Button";
import { Page } from "@/components/Page";
import { PathHint } from "@/components/PathHint";
import { Note } from "@/components/States";
import { TaskBar } from "@/components/task/TaskBar";
import { Turn } from "@/components/Turn";
import { languageOf, questions } from "./examples";
import { ACTS, type Remark } from "./walk";
import styles from "./Walk.module.css";

interface Props {
  act: Act;
  remarks: readonly Remark[];
  labels: readonly Schemas["Label"][];
  isNew: boolean;
  onNext: () => void;
  skip: ReactNode;
}

/** What most people would have said, and why. There is no mark for it. */
export function Told({ act, remarks, labels, isNew, onNext, skip }: Props) {
  const { t } = useTranslation("learn");
  const same = remarks.includes("same") || remarks.includes("write.done");
  const last = act === ACTS[ACTS.length - 1];
  return (
    <>
      <Page title={t(act === "write" ? "told.write" : same ? "told.same" : "told.title")}>
        {isNew && <PathHint at="learn" />}
        <Note tone={same ? "good" : "info"} title={t(`${act}.most`)}>
          {remarks.map((remark) => (
            <p key={remark}>
              {t(remark === "same" ? (act === "label" ? "label.same" : "rank.same") : `remarks.${remark}`)}
            </p>
          ))}
        </Note>
        {act === "label" && <TheReply />}
        {act === "label" && <MostLabels labels={labels} />}
        {act === "rank" && <MostOrder />}
        {act === "write" && <OneReply />}
        <p className="soft">{t(`${act}.lesson`)}</p>
      </Page>
      <TaskBar tools={skip} hint={t("told.progress", { done: ACTS.indexOf(act) + 1, count: ACTS.length })}>
        <Button look="primary" onClick={onNext}>
          {t(last ? "told.finish" : "told.next")}
        </Button>
      </TaskBar>
    </>
  );
}

function TheReply() {
  const { t, i18n } = useTranslation("learn");
  return <Turn role="assistant" text={t("label.reply")} lang={languageOf(i18n.language)} />;
}

function MostLabels({ labels }: { labels: readonly Schemas["Label"][] }) {
  const { t } = useTranslation("learn");
  return (
    <dl className={styles["labels"]}>
      {questions(labels).map(({ name, title }) => (
        <div key={name}>
          <dt>{title}</dt>
          <dd>
            <strong>{t(`label.expected.${name}`)}</strong>
            <span className="soft">{t(`label.because.${name}`)}</span>
          </dd>
        </div>
      ))}
    </dl>
  );
}

function MostOrder() {
  const { t, i18n } = useTranslation("learn");
  const lang = languageOf(i18n.language);
  return (
    <ol className={styles["order"]}>
      {(["full", "short", "wrong"] as const).map((which) => (
        <li key={which}>
          <Turn
            role="assistant"
            text={t(`rank.replies.${which}`)}
            lang={lang}
            foot={<p className="soft small">{t(`rank.because.${which}`)}</p>}
          />
        </li>
      ))}
    </ol>
  );
}

function OneReply() {
  const { t, i18n } = useTranslation("learn");
  const lang = languageOf(i18n.language);
  return (
    <div className={styles["order"]}>
      <Turn role="prompter" text={t("write.question")} lang={lang} />
      <Turn role="assistant" text={t("write.reply")} lang={lang} />
    </div>
  );
}
