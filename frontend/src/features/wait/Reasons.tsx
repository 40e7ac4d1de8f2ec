import { useTranslation } from "react-i18next";
import type { Waiting } from "@/api/tasks";
import { Card } from "@/components/Page";
import { LanguageName } from "@/components/Words";
import { languageName } from "@/lib/languages";
import { named, reasonsOf } from "./offers";
import styles from "./wait.module.css";

/** Why there is nothing, language by language, in the server's words. */
export function Reasons({ waiting }: { waiting: Waiting }) {
  const { t, i18n } = useTranslation("wait");
  return (
    <Card>
      <ul className={styles["reasons"]} aria-label={t("why")}>
        {reasonsOf(waiting).map((reason) => (
          <li key={reason.lang}>
            <strong>
              <LanguageName tag={reason.lang} />
            </strong>
            <span>{named(reason.text, reason.lang, languageName(reason.lang, i18n.language))}</span>
            <span className="soft small">
              {[
                reason.in_hands > 0 && t("inHands", { count: reason.in_hands }),
                reason.open > 0 && t("openForOthers", { count: reason.open }),
              ]
                .filter(Boolean)
                .join(" · ")}
            </span>
          </li>
        ))}
      </ul>
    </Card>
  );
}
