import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Loading, Trouble } from "@/components/States";
import { Day } from "@/components/Words";
import { useGone } from "./asking";
import { Part } from "./Part";
import styles from "./publish.module.css";
import type { DataSet } from "./types";

// More are in the file.
const LISTED = 100;
const REASONS: readonly string[] = ["withdrawn", "deleted", "erased"];

/** Messages of it that were taken back after it was published, and what to do about them. */
export function GonePart({ of }: { of: DataSet }) {
  const { t } = useTranslation("publish");
  const [open, setOpen] = useState(false);
  if (of.withdrawn === 0) {
    return (
      <Part id="gone" title={t("part.gone")}>
        <p>{t("goneNone")}</p>
      </Part>
    );
  }
  return (
    <Part id="gone" title={t("part.gone")}>
      <p>{t("gone", { count: of.withdrawn })}</p>
      <p>{t("goneHelp")}</p>
      <p>
        <a href={`/api/v1/datasets/${of.name}/withdrawn`} download={`${of.name}-withdrawn.json`}>
          {t("goneFile")}
        </a>
      </p>
      <details className={styles["fold"]} onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary>{t("goneList")}</summary>
        {open && <GoneList name={of.name} />}
      </details>
    </Part>
  );
}

function GoneList({ name }: { name: string }) {
  const { t } = useTranslation("publish");
  const { data, error, refetch } = useGone(name, true);
  if (error) return <Trouble error={error} retry={() => void refetch()} />;
  if (!data) return <Loading lines={3} />;
  return (
    <>
      <ul className={styles["gone"]}>
        {data.slice(0, LISTED).map((one) => (
          <li key={one.message_id}>
            <code dir="ltr">{one.message_id}</code>
            <span className="soft small">
              {REASONS.includes(one.reason) ? t(`goneWhy.${one.reason}`) : one.reason} · <Day at={one.at} />
            </span>
          </li>
        ))}
      </ul>
      {data.length > LISTED && <p className="soft small">{t("goneMore", { count: data.length - LISTED })}</p>}
    </>
  );
}
