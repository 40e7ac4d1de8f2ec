import { useTranslation } from "react-i18next";
import { Button } from "@/components/Button";
import { Dialog } from "@/components/Dialog";
import { RemarkWords } from "./RemarkWords";
import type { Shown } from "./remarks";
import styles from "./write.module.css";

/** What makes one ask before a text is sent. */
export type Doubt = { about: "short" } | { about: "repeats" } | { about: "remark"; remark: Shown };

interface Props {
  doubts: readonly Doubt[];
  onSend: () => void;
  onBack: () => void;
}

/** Asks once, only where a mistake is likely. Sending is always possible. */
export function ConfirmDialog({ doubts, onSend, onBack }: Props) {
  const { t } = useTranslation("write");
  return (
    <Dialog
      open={doubts.length > 0}
      onClose={onBack}
      title={t("confirm.title")}
      actions={
        <>
          <Button onClick={onBack}>{t("confirm.back")}</Button>
          <Button look="primary" onClick={onSend} data-first>
            {t("confirm.send")}
          </Button>
        </>
      }
    >
      <div className={styles["doubts"]}>
        {doubts.map((doubt, place) => (
          <div key={place}>
            {doubt.about === "remark" ? (
              <RemarkWords remark={doubt.remark} />
            ) : (
              <p>{t(`confirm.${doubt.about}`)}</p>
            )}
          </div>
        ))}
      </div>
    </Dialog>
  );
}
