import { useEffect, useRef, useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { absolute } from "@/lib/time";
import { changesOf, type Change } from "./changes";
import styles from "./line.module.css";

// More than so many lines nobody reads here; the log can be downloaded.
const MOST = 24;

/** What a decision changed, as it was and as it is: a small table, for those who ask. */
export function Changes({ of }: { of: { before: unknown; after: unknown } }) {
  const { t } = useTranslation("moderate");
  const changes = changesOf(of);
  if (changes.length === 0) return null;
  const shown = changes.slice(0, MOST);
  return (
    <details className={styles["changes"]}>
      <summary>{t("log.changes", { count: changes.length })}</summary>
      <Wide name={t("log.changes", { count: changes.length })}>
        <table>
          <thead>
            <tr>
              <th scope="col">{t("log.changed.what")}</th>
              <th scope="col">{t("log.changed.before")}</th>
              <th scope="col">{t("log.changed.after")}</th>
            </tr>
          </thead>
          <tbody>
            {shown.map((change) => (
              <Line key={`${change.of} ${change.id} ${change.column}`} change={change} />
            ))}
          </tbody>
        </table>
      </Wide>
      {changes.length > MOST && (
        <p className="soft small">{t("log.moreChanges", { count: changes.length - MOST })}</p>
      )}
    </details>
  );
}

/** Scrolls sideways by itself, and takes the focus only when there is something to scroll. */
function Wide({ name, children }: { name: string; children: ReactNode }) {
  const box = useRef<HTMLDivElement>(null);
  const [scrolls, setScrolls] = useState(false);
  useEffect(() => {
    const found = box.current!;
    const watch = new ResizeObserver(() => setScrolls(found.scrollWidth > found.clientWidth + 1));
    watch.observe(found);
    return () => watch.disconnect();
  }, []);
  return (
    <div
      ref={box}
      className={styles["wide"]}
      {...(scrolls && { tabIndex: 0, role: "group", "aria-label": name })}
    >
      {children}
    </div>
  );
}

function Line({ change: { of, id, column, before, after } }: { change: Change }) {
  const { t } = useTranslation("moderate");
  // The last digits of an id are the ones that differ.
  const whose = of === "other" ? "" : t(`log.changed.${of}`, { id: id.slice(-6) });
  return (
    <tr>
      <th scope="row">
        {whose} <code>{column}</code>
      </th>
      <td>
        <Value of={before} />
      </td>
      <td>
        <Value of={after} />
      </td>
    </tr>
  );
}

const MOMENT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/;

function Value({ of: value }: { of: unknown }) {
  const { t, i18n } = useTranslation("moderate");
  if (value === null || value === undefined || value === "") return <>{t("log.value.nothing")}</>;
  if (typeof value === "boolean") return <>{t(value ? "log.value.yes" : "log.value.no")}</>;
  if (typeof value === "string")
    return <bdi>{MOMENT.test(value) ? absolute(value, i18n.language) : value}</bdi>;
  return <bdi>{JSON.stringify(value)}</bdi>;
}
