import { useTranslation } from "react-i18next";
import { Link, useParams } from "react-router";
import { KINDS, type Kind } from "@/api/tasks";
import { Card, Page } from "@/components/Page";
import { Guideline } from "@/components/task/Guideline";
import styles from "./guide.module.css";

/** The guideline of one kind of task, or of all of them. */
export default function GuidePage() {
  const { t } = useTranslation(["guideline", "common"]);
  const wanted = useParams()["kind"];
  const one = KINDS.find((kind) => kind === wanted);
  return (
    <Page title={t("title")} lead={t("lead")}>
      <nav aria-label={t("title")}>
        <ul className={styles["kinds"]}>
          {KINDS.map((kind) => (
            <li key={kind}>
              <Link to={`/guide/${kind}`} aria-current={kind === one ? "page" : undefined}>
                {t(`common:kind.${kind}`)}
              </Link>
            </li>
          ))}
          <li>
            <Link to="/guide" aria-current={one ? undefined : "page"}>
              {t("common:all")}
            </Link>
          </li>
        </ul>
      </nav>
      {(one ? [one] : KINDS).map((kind: Kind) => (
        <Card key={kind} aria-labelledby={kind}>
          <h2 id={kind} className={styles["title"]}>
            {t(`common:kind.${kind}`)}
          </h2>
          <Guideline kind={kind} />
        </Card>
      ))}
    </Page>
  );
}
