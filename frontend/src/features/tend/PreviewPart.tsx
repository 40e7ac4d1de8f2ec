import { useTranslation } from "react-i18next";
import { Count, LanguageName } from "@/components/Words";
import type { Preview } from "./asking";
import { Table } from "./Table";
import styles from "./tend.module.css";

/** What a change would do to the work that waits. */
export function PreviewPart({ preview }: { preview: Preview }) {
  const { t } = useTranslation("tend");
  const moved = preview.stock.filter((row) => row.open_now !== row.would_be);
  const cases = preview.queue.filter((row) => row.now !== row.would_be);
  return (
    <section className={styles["part"]} aria-labelledby="preview" aria-live="polite">
      <h2 id="preview">{t("preview.title")}</h2>
      {moved.length === 0 && cases.length === 0 && <p>{t("preview.nothing")}</p>}
      {moved.length > 0 && (
        <Table
          title={t("preview.stock")}
          heads={[t("preview.what"), t("preview.language"), t("preview.now"), t("preview.wouldBe")]}
          rows={moved.map((row) => ({
            key: `${row.kind} ${row.lang}`,
            cells: [
              row.kind_text,
              <LanguageName key="lang" tag={row.lang} />,
              <Count key="now" of={row.open_now} />,
              <Count key="then" of={row.would_be} />,
            ],
          }))}
        />
      )}
      {cases.length > 0 && (
        <Table
          title={t("preview.queue")}
          heads={[t("queue.cause"), t("preview.now"), t("preview.wouldBe")]}
          rows={cases.map((row) => ({
            key: row.cause,
            cells: [row.cause_text, <Count key="now" of={row.now} />, <Count key="then" of={row.would_be} />],
          }))}
        />
      )}
      {preview.held_back > 0 && <p>{t("preview.heldBack", { count: preview.held_back })}</p>}
      <p className="soft">{preview.note}</p>
    </section>
  );
}
