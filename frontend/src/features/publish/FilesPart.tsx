import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "@/components/Button";
import { Select } from "@/components/Field";
import { useCopy } from "@/components/useCopy";
import { filesOf } from "./asking";
import { FORMS, grouped, pythonFor, shellFor, type Group } from "./files";
import { Part } from "./Part";
import styles from "./publish.module.css";
import { sizeOf } from "./sizes";
import { Snippet } from "./Snippet";
import type { DataSet, ReleaseFile } from "./types";

/** A form in words; one that these pages don't know yet is called as the server calls it. */
function useForm(form: string): { title: string; help: string } {
  const { t } = useTranslation("publish");
  const known = form === "" ? "about" : (FORMS as readonly string[]).includes(form) ? form : null;
  return known ? { title: t(`form.${known}`), help: t(`formHelp.${known}`) } : { title: form, help: "" };
}

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
  const { title, help } = useForm(group.form);
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
  const facts = [file.rows > 0 ? t("rows", { count: file.rows }) : "", sizeOf(file.bytes, i18n.language)];
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
        aria-label={t("copyNamed", { what: t("checksumOf", { file: file.path }) })}
        onClick={() => void copy(file.sha256)}
      >
        <span dir="ltr">SHA-256 {file.sha256.slice(0, 8)}…</span>
      </Button>
    </div>
  );
}

/** How to get it into a program, and how to see that all of it has arrived. */
export function LoadPart({ of }: { of: DataSet }) {
  const { t } = useTranslation("publish");
  const base = filesOf(of.name);
  const forms = grouped(of.files)
    .map(({ form }) => form)
    .filter((form) => pythonFor(form, of.files, base) !== "");
  const [form, setForm] = useState(forms[0] ?? "");
  return (
    <Part id="load" title={t("part.load")}>
      {forms.length > 1 && (
        <Select label={t("loadForm")} value={form} onChange={(event) => setForm(event.target.value)}>
          {forms.map((one) => (
            <FormOption key={one} form={one} />
          ))}
        </Select>
      )}
      {forms.length > 0 && <Snippet title={t("loadPython")} lines={pythonFor(form, of.files, base)} />}
      <Snippet title={t("loadShell")} lines={shellFor(of.name, base)} />
    </Part>
  );
}

function FormOption({ form }: { form: string }) {
  return <option value={form}>{useForm(form).title}</option>;
}
