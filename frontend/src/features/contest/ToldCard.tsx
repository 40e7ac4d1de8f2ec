import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { Button } from "@/components/Button";
import { Card } from "@/components/Page";
import { Ago, Day } from "@/components/Words";
import { AppealForm } from "./AppealForm";
import { stageOf, useAppeal, type Told } from "./decisions";
import styles from "./contest.module.css";

/** One decision: what, why, and what can be said against it. */
export function ToldCard({ told, token }: { told: Told; token?: string }) {
  const { t } = useTranslation("contest");
  return (
    <Card as="li" className={styles["told"] ?? ""}>
      <h2 className={styles["title"]}>{told.title}</h2>
      <p className="soft small">
        <Ago at={told.at} />
        {told.until && (
          <>
            {" · "}
            {t("until")} <Day at={told.until} />
          </>
        )}
      </p>
      {told.excerpt && (
        <blockquote className={styles["excerpt"]} dir="auto">
          {told.excerpt}
        </blockquote>
      )}
      <Why of={told} />
      {told.message_id && !token && (
        <Link className={styles["see"]} to={`/messages/${told.message_id}`}>
          {t("see")}
        </Link>
      )}
      {/* Whoever appealed reads what came of it, and why. */}
      {told.undone && told.appeal?.outcome !== "granted" && <p className={styles["stage"]}>{t("undone")}</p>}
      {(told.appeal || !told.undone) && <AppealPart told={told} token={token} />}
    </Card>
  );
}

/** The reason, and what was written to it; “another reason” is told by the words alone. */
function Why({ of: { reason, reason_text: code, why } }: { of: Told }) {
  const { t } = useTranslation("contest");
  return (
    <>
      {code && !(reason === "other" && why) && (
        <p>
          {t("reason")} <strong>{code}</strong>
        </p>
      )}
      {why && why !== code && <p dir="auto">{why}</p>}
    </>
  );
}

function AppealPart({ told, token }: { told: Told; token?: string | undefined }) {
  const { t } = useTranslation("contest");
  const [writing, setWriting] = useState(false);
  const appeal = useAppeal(token);
  const stage = stageOf(told);
  if (told.appeal)
    return (
      <div className={styles["appeal"]} role="status">
        <p className={styles["stage"]}>{t(`stage.${stage}`)}</p>
        <blockquote className={styles["excerpt"]} dir="auto">
          {told.appeal.text}
        </blockquote>
        {told.appeal.why && <p dir="auto">{told.appeal.why}</p>}
      </div>
    );
  if (!told.may_appeal) return null;
  if (writing)
    return (
      <AppealForm
        busy={appeal.isPending}
        error={appeal.error}
        onSend={(text) => appeal.mutate({ id: told.id, text })}
        onBack={() => setWriting(false)}
      />
    );
  return (
    <div className={styles["actions"]}>
      <Button onClick={() => setWriting(true)}>{t("appeal")}</Button>
      {told.appeal_until && (
        <span className="soft small">
          {t("appealUntil")} <Day at={told.appeal_until} />
        </span>
      )}
    </div>
  );
}
