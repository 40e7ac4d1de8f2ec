import { useState } from "react";
import { useTranslation } from "react-i18next";
import { CheckBox, Select } from "@/components/Field";
import { Card } from "@/components/Page";
import { takeAddress, type Draft, type Taking } from "./order";
import styles from "./release.module.css";
import type { Options } from "./types";

/** One file of what is chosen, at once and without a release. */
export function TakePart({ draft, options }: { draft: Draft; options: Options }) {
  const { t } = useTranslation("release");
  const [taking, setTaking] = useState<Taking>({ form: "trees", packing: "jsonl.gz", original_ids: false });
  const choice = (name: "form" | "packing") => ({
    label: t(`take.${name}`),
    hint: options[`${name}s`].find((one) => one.name === taking[name])?.words,
    value: taking[name],
    onChange: (event: { target: { value: string } }) => setTaking({ ...taking, [name]: event.target.value }),
  });
  return (
    <Card aria-labelledby="take">
      <details className={styles["fold"]}>
        <summary>
          <h2 id="take">{t("take.title")}</h2>
        </summary>
        <div className={styles["part"]}>
          <p className="soft">{t("take.lead")}</p>
          <div className={styles["pair"]}>
            {(["form", "packing"] as const).map((name) => (
              <Select key={name} {...choice(name)}>
                {options[`${name}s`].map((one) => (
                  <option key={one.name}>{one.name}</option>
                ))}
              </Select>
            ))}
          </div>
          <CheckBox
            label={t("take.original")}
            hint={t("take.originalHint")}
            checked={taking.original_ids}
            onChange={(event) => setTaking({ ...taking, original_ids: event.target.checked })}
          />
          <a className={styles["download"]} href={takeAddress(draft, taking)} download>
            {t("take.go")}
          </a>
        </div>
      </details>
    </Card>
  );
}
