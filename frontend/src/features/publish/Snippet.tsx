import { useTranslation } from "react-i18next";
import { Button } from "@/components/Button";
import { useCopy } from "@/components/useCopy";
import { Wide } from "@/components/Wide";
import styles from "./publish.module.css";

/** Lines for a program or a shell, to be copied. */
export function Snippet({ title, lines }: { title: string; lines: string }) {
  const { t } = useTranslation("publish");
  const copy = useCopy();
  return (
    <div className={styles["snippet"]}>
      <div className={styles["snippetHead"]}>
        <h3>{title}</h3>
        <Button look="bare" onClick={() => void copy(lines)} aria-label={t("copyNamed", { what: title })}>
          {t("copy")}
        </Button>
      </div>
      <Wide name={title}>
        <pre dir="ltr">
          <code>{lines}</code>
        </pre>
      </Wide>
    </div>
  );
}
