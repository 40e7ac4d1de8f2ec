import { useTranslation } from "react-i18next";
import { Card } from "@/components/Page";
import { Loading, Note, Trouble } from "@/components/States";
import { Count, LanguageName } from "@/components/Words";
import { usePause } from "@/lib/pause";
import { usePreview } from "./asking";
import { selectionOf, type Draft } from "./order";
import styles from "./release.module.css";
import { Table } from "./Table";
import type { Preview } from "./types";

/** Counted a moment after somebody stops choosing. */
const STILL = 500;

/** What the filters would choose now, and what they leave out by reason. */
export function PreviewPart({ draft }: { draft: Draft }) {
  const { t } = useTranslation("release");
  const asked = JSON.stringify(selectionOf(draft));
  const still = usePause(asked, STILL);
  const preview = usePreview(JSON.parse(asked) as Record<string, unknown>, still);
  const counting = !still || preview.isFetching;
  return (
    <Card className={`${styles["part"]} ${styles["preview"]}`} aria-labelledby="preview" aria-busy={counting}>
      <h2 id="preview">{t("preview.title")}</h2>
      {preview.error && !counting ? (
        <Trouble error={preview.error} retry={() => void preview.refetch()} />
      ) : preview.data ? (
        <Counted preview={preview.data} old={counting} />
      ) : (
        <Loading />
      )}
    </Card>
  );
}

function Counted({ preview, old }: { preview: Preview; old: boolean }) {
  const { t } = useTranslation("release");
  return (
    <div className={`${styles["part"]} ${old ? styles["old"] : ""}`}>
      <p role="status" className={styles["counts"]}>
        {old ? (
          t("preview.counting")
        ) : (
          <>
            <strong>{t("trees", { count: preview.trees })}</strong>{" "}
            <span>{t("messages", { count: preview.messages })}</span>{" "}
            <span>{t("people", { count: preview.people })}</span>
          </>
        )}
      </p>
      {!preview.whole && <p className="soft">{t("preview.partly")}</p>}
      {preview.messages === 0 && !old && <Note tone="warn" title={t("preview.nothing")} />}
      <LeftOut of={preview.left_out} />
      {preview.by_lang.length > 1 && (
        <details className={styles["fold"]}>
          <summary>{t("preview.byLang")}</summary>
          <Languages of={preview.by_lang} />
        </details>
      )}
      <p className="soft small">{t("preview.about")}</p>
    </div>
  );
}

function LeftOut({ of: rows }: { of: Preview["left_out"] }) {
  const { t } = useTranslation("release");
  if (rows.length === 0) return <p className="soft">{t("preview.leftOutNone")}</p>;
  return (
    <div>
      <h3>{t("preview.leftOut")}</h3>
      <ul className={styles["reasons"]}>
        {rows.map((row) => (
          <li key={row.reason}>
            <span>{row.words}</span>
            <span className="soft">
              {row.trees > 0 ? t("trees", { count: row.trees }) : t("messages", { count: row.messages })}
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** How much of each language. */
export function Languages({ of: rows }: { of: Preview["by_lang"] }) {
  const { t } = useTranslation("release");
  return (
    <Table
      title={t("preview.byLang")}
      heads={[t("preview.lang"), t("preview.treesHead"), t("preview.messagesHead")]}
      rows={rows.map((row) => ({
        key: row.lang,
        cells: [
          <LanguageName key="lang" tag={row.lang} />,
          <Count key="trees" of={row.trees} />,
          <Count key="messages" of={row.messages} />,
        ],
      }))}
    />
  );
}
