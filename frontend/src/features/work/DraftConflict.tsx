import { useTranslation } from "react-i18next";
import { Button } from "@/components/Button";
import { Dialog } from "@/components/Dialog";
import type { DraftContent } from "@/components/task/types";
import type { DraftView } from "@/lib/draftKeeper";
import styles from "./work.module.css";

interface Props {
  draft: DraftView<DraftContent>;
  open: boolean;
  onClose: () => void;
  onResolve: (content: DraftContent) => void;
}

/** Both texts in one, to be cut down by hand. */
export function joined(mine: DraftContent, theirs: DraftContent): DraftContent {
  return { ...mine, text: `${mine.text ?? ""}\n\n---\n\n${theirs.text ?? ""}` };
}

/** The draft was changed here and on another device: both, side by side, and the choice. */
export function DraftConflict({ draft, open, onClose, onResolve }: Props) {
  const { t } = useTranslation("work");
  const theirs = draft.theirs?.content ?? {};
  const mine = draft.content;
  const texts = Boolean(mine.text && theirs.text);
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title={t("conflict.title")}
      wide
      actions={
        <>
          <Button data-first onClick={() => onResolve(mine)}>
            {t("conflict.mine")}
          </Button>
          <Button onClick={() => onResolve(theirs)}>{t("conflict.theirs")}</Button>
          {texts && (
            <Button look="primary" onClick={() => onResolve(joined(mine, theirs))}>
              {t("conflict.both")}
            </Button>
          )}
        </>
      }
    >
      <p className="soft">{t("conflict.lead")}</p>
      <div className={styles["both"]}>
        <Version title={t("conflict.here")} content={mine} />
        <Version title={t("conflict.elsewhere")} content={theirs} />
      </div>
    </Dialog>
  );
}

function Version({ title, content }: { title: string; content: DraftContent }) {
  return (
    <section className={styles["version"]}>
      <h3>{title}</h3>
      <div className={styles["versionText"]} dir="auto">
        <Summary content={content} />
      </div>
    </section>
  );
}

/** A draft in words: its text, or how much of it is answered. */
export function Summary({ content }: { content: DraftContent }) {
  const { t } = useTranslation("work");
  if (content.text !== undefined) return <>{content.text}</>;
  const answers = Object.keys(content.labels ?? {}).length + (content.unsure?.length ?? 0);
  if (content.labels || content.unsure) return <>{t("conflict.answers", { count: answers })}</>;
  const placed = (content.order ?? []).flat().length + (content.unacceptable?.length ?? 0);
  return <>{t("conflict.placed", { count: placed })}</>;
}
