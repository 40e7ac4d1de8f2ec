import { useTranslation } from "react-i18next";
import type { Waiting } from "@/api/tasks";
import { Card } from "@/components/Page";
import { LanguageName } from "@/components/Words";
import { reasonsOf } from "./offers";
import styles from "./wait.module.css";

/** Why there is nothing, language by language, in the server's words. */
export function Reasons({ waiting }: { waiting: Waiting }) {
  const { t } = useTranslation("wait");
  return (
    <Card>
      <ul className={styles["reasons"]} aria-label={t("why")}>
        {reasonsOf(waiting).map((reason) => (
          <li key={reason.lang}>
            <strong>
              <LanguageName tag={reason.lang} />
            </strong>
            <span>{reason.text}</span>
            <span className="soft small">
              {t("inHands", { count: reason.in_hands })} · {t("openForOthers", { count: reason.open })}
            </span>
          </li>
        ))}
      </ul>
    </Card>
  );
}
