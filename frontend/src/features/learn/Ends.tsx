import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { Button, ButtonLink } from "@/components/Button";
import { Icon, type IconName } from "@/components/Icon";
import { Page } from "@/components/Page";
import { PathHint } from "@/components/PathHint";
import styles from "./Walk.module.css";
import { ACTS } from "./walk";

const ICONS: Record<(typeof ACTS)[number], IconName> = { label: "check", rank: "equal", write: "edit" };

export function Start({ isNew, onStart, skip }: { isNew: boolean; onStart: () => void; skip: ReactNode }) {
  const { t } = useTranslation("learn");
  return (
    <Page title={t("start.title")} lead={t("start.lead")}>
      {isNew && <PathHint at="learn" />}
      <ol className={styles["acts"]}>
        {ACTS.map((act) => (
          <li key={act}>
            <Icon name={ICONS[act]} size={26} />
            <div>
              <h2>{t(`${act}.name`)}</h2>
              <p className="soft">{t(`${act}.what`)}</p>
            </div>
          </li>
        ))}
      </ol>
      <p>{t("start.nothingKept")}</p>
      <div className={styles["ways"]}>
        <Button look="primary" large onClick={onStart}>
          {t("start.action")}
        </Button>
        {skip}
      </div>
    </Page>
  );
}

interface EndProps {
  isNew: boolean;
  isVisitor: boolean;
  onWork: () => void;
  onAgain: () => void;
}

export function End({ isNew, isVisitor, onWork, onAgain }: EndProps) {
  const { t } = useTranslation("learn");
  return (
    <Page title={t("end.title")} lead={t("end.lead")}>
      {isNew && <PathHint at="task" />}
      <ul className={styles["points"]}>
        {(["unsure", "skip", "saved", "guideline"] as const).map((point) => (
          <li key={point}>{t(`end.${point}`)}</li>
        ))}
      </ul>
      <div className={styles["ways"]}>
        {isVisitor ? (
          <ButtonLink look="primary" large to="/account/sign-up">
            {t("end.join")}
          </ButtonLink>
        ) : (
          <Button look="primary" large onClick={onWork}>
            {isNew ? t("end.first") : t("end.work")}
          </Button>
        )}
        <Button look="bare" icon="undo" onClick={onAgain}>
          {t("end.again")}
        </Button>
      </div>
      <p>
        <Link to="/guide">{t("end.guide")}</Link>
      </p>
    </Page>
  );
}
