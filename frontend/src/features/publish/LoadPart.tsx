import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Select } from "@/components/Field";
import { filesOf } from "./asking";
import { folderOf, loadable, pythonFor, pythonForAll, shellFor } from "./files";
import { Part } from "./Part";
import { Snippet } from "./Snippet";
import type { DataSet } from "./types";
import { useForms } from "./useForms";

/** How to see that all of it has arrived, and how to get it into a program. */
export function LoadPart({ of }: { of: DataSet }) {
  const { t } = useTranslation("publish");
  const wordsOf = useForms();
  const forms = loadable(of.files);
  const [form, setForm] = useState("");
  const base = filesOf(of.name);
  const python = form ? pythonFor(of.name, form, of.files) : forms[0] && pythonForAll(of.name, forms[0]);
  return (
    <Part id="load" title={t("part.load")}>
      {forms.length > 0 && (
        <Select label={t("loadForm")} value={form} onChange={(event) => setForm(event.target.value)}>
          <option value="">{t("loadAll")}</option>
          {forms.map((one) => (
            <option key={one} value={one}>
              {wordsOf(one).title}
            </option>
          ))}
        </Select>
      )}
      <Snippet title={t("loadShell")} lines={shellFor(of.name, base, form && folderOf(form, of.files))} />
      {python && <Snippet title={t("loadPython")} lines={python} />}
    </Part>
  );
}
