import { useTranslation } from "react-i18next";
import type { Problem } from "@/api/problems";
import { Note, Trouble } from "@/components/States";
import { Pieces, RemarkWords } from "./RemarkWords";
import { blocks, refusedPieces, type Shown } from "./remarks";
import styles from "./write.module.css";

interface Props {
  id: string;
  text: string;
  length: number;
  limit: number;
  short: boolean;
  remarks: readonly Shown[];
  problem: Problem | undefined;
}

/** What can be said of a text while it is written: its length, and gently what may be amiss; and why it was refused. */
export function Remarks({ id, text, length, limit, short, remarks, problem }: Props) {
  const { t } = useTranslation("write");
  const over = length > limit;
  return (
    <div className={styles["remarks"]} id={id}>
      <p className={styles["count"]}>
        <span className="soft">{short && t("short")}</span>
        <span className={over ? styles["over"] : "soft"}>
          {Number.isFinite(limit) ? t("length", { count: length, limit }) : length}
        </span>
      </p>
      {over && (
        <Note tone="bad" live>
          {t("tooLong", { count: length - limit })}
        </Note>
      )}
      {remarks.map((remark) => (
        <Note key={`${remark.code} ${remark.kind}`} tone={blocks(remark) ? "bad" : "warn"} live>
          <RemarkWords remark={remark} />
        </Note>
      ))}
      {problem && (
        <div>
          <Trouble error={problem} />
          <Pieces of={refusedPieces(problem, text)} />
        </div>
      )}
    </div>
  );
}
