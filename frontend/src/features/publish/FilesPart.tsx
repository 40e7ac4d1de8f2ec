import { useTranslation } from "react-i18next";
import { Button } from "@/components/Button";
import { useCopy } from "@/components/useCopy";
import { filesOf } from "./asking";
import { grouped, type Group } from "./files";
import { Part } from "./Part";
import { useForms } from "./useForms";
import styles from "./publish.module.css";
import { size } from "@/lib/size";
import type { DataSet, ReleaseFile } from "./types";

/** Every file, by what its rows are. */
export function FilesPart({ of }: { of: DataSet }) {
  const { t } = useTranslation("publish");
  return (
    <Part id="files" title={t("part.files")} lead={t("filesHelp")}>
      {grouped(of.files).map((group) => (
        <Form key={group.form} group={group} base={filesOf(of.name)} />
      ))}
    </Part>
  );
}

function Form({ group, base }: { group: Group; base: string }) {
  const { title, help } = useForms()(group.form);
  return (
    <section className={styles["form"]}>
      <h3>{title}</h3>
      {help && <p className="soft small">{help}</p>}
      <ul className={styles["files"]} aria-label={title}>
        {group.files.map((file) => (
          <li key={file.path}>
            <File file={file} base={base} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function File({ file, base }: { file: ReleaseFile; base: string }) {
  const { t, i18n } = useTranslation("publish");
  const copy = useCopy();
  const facts = [file.rows > 0 ? t("rows", { count: file.rows }) : "", size(file.bytes, i18n.language)];
  return (
    <div className={styles["file"]}>
      <a href={`${base}/${file.path}`} download={file.path.replaceAll("/", "-")} dir="ltr">
        {file.path}
      </a>
      <span className="soft small">{facts.filter(Boolean).join(" · ")}</span>
      <Button
        look="bare"
        className={styles["sum"]}
        title={file.sha256}
        onClick={() => void copy(file.sha256)}
      >
        <span dir="ltr">
          SHA-256<span className={styles["digits"]}> {file.sha256.slice(0, 8)}…</span>
        </span>
        <span className="visually-hidden">
          {t("copyNamed", { what: t("checksumOf", { file: file.path }) })}
        </span>
      </Button>
    </div>
  );
}
