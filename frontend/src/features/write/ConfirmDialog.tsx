import { useTranslation } from "react-i18next";
import { Button } from "@/components/Button";
import { Dialog } from "@/components/Dialog";
import { languageName } from "@/lib/languages";

/** What makes one ask before a text is sent. */
export type Doubt = { about: "short" } | { about: "repeats" } | { about: "language"; other: string };

interface Props {
  doubts: readonly Doubt[];
  lang: string;
  onSend: () => void;
  onBack: () => void;
}

/** Asks once, only where a mistake is likely. Sending is always possible. */
export function ConfirmDialog({ doubts, lang, onSend, onBack }: Props) {
  const { t, i18n } = useTranslation("write");
  const name = (tag: string) => languageName(tag, i18n.language);
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
      {doubts.map((doubt) => (
        <p key={doubt.about}>
          {doubt.about === "language"
            ? t("confirm.language", { other: name(doubt.other), wanted: name(lang) })
            : t(`confirm.${doubt.about}`)}
        </p>
      ))}
    </Dialog>
  );
}
