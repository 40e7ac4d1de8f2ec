import { useId, useRef, useState, type DragEvent } from "react";
import { useTranslation } from "react-i18next";
import { Icon } from "@/components/Icon";
import { size } from "@/lib/size";
import styles from "./intake.module.css";

interface Props {
  file: File | null;
  choose: (file: File | null) => void;
  /** In bytes, if the server has told. */
  limit: number | undefined;
  error?: string | undefined;
}

const KINDS = ".json,.jsonl,.ndjson,.csv,.tsv,.txt,.gz,application/json,text/plain,text/csv,application/gzip";

/** A file, chosen by the browser's own button or dropped on it. */
export function DropField({ file, choose, limit, error }: Props) {
  const { t, i18n } = useTranslation("intake");
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const [several, setSeveral] = useState(false);
  const take = (files: FileList | null) => {
    setSeveral((files?.length ?? 0) > 1);
    choose(files?.[0] ?? null);
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    if (!event.dataTransfer.files.length) return;
    // What was dropped stands in the field as if it were chosen there.
    if (input.current && event.dataTransfer.files.length === 1)
      input.current.files = event.dataTransfer.files;
    take(event.dataTransfer.files);
  };
  const hint = [t("upload.fileHint"), limit && t("upload.limit", { size: size(limit, i18n.language) })];
  return (
    <div
      className={styles["drop"]}
      data-over={over || undefined}
      data-wrong={error ? true : undefined}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <label htmlFor={id}>{t("upload.file")}</label>
      <p className="soft small" id={`${id}-hint`}>
        {hint.filter(Boolean).join(" ")}
      </p>
      <p>{t("upload.drop")}</p>
      <input
        ref={input}
        id={id}
        type="file"
        accept={KINDS}
        aria-describedby={`${id}-hint ${id}-said`}
        aria-invalid={error ? true : undefined}
        onChange={(event) => take(event.target.files)}
      />
      <div id={`${id}-said`} role="status">
        {file && (
          <p className={styles["chosen"]}>
            <Icon name="check" size={18} />
            <bdi>{t("upload.chosen", { name: file.name, size: size(file.size, i18n.language) })}</bdi>
          </p>
        )}
        {several && <p className="soft small">{t("upload.oneFile")}</p>}
        {error && <p className={styles["wrong"]}>{error}</p>}
      </div>
    </div>
  );
}
