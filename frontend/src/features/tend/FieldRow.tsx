import { useTranslation } from "react-i18next";
import { CheckBox, Select, TextField } from "@/components/Field";
import type { PolicyField } from "./asking";
import styles from "./tend.module.css";
import { written } from "./words";

interface Props {
  field: PolicyField;
  /** What stands in it: typed, or in force. */
  value: unknown;
  changed: boolean;
  onChange: (value: unknown) => void;
}

/** One number of the policy: what it does, and a field to change it. */
export function FieldRow({ field, value, changed, onChange }: Props) {
  const { t, i18n } = useTranslation("tend");
  const say = (what: unknown) => written(what, i18n.language, t("policy.yes"), t("policy.no"));
  const hint = (
    <>
      <span className={styles["name"]}>{field.name}</span> ·{" "}
      {t("policy.usual", { value: say(field.default) })}
      {changed && ` · ${t("policy.was", { value: say(field.value) })}`}
    </>
  );
  return (
    <div className={changed ? styles["changed"] : undefined}>
      {field.kind === "bool" ? (
        <CheckBox
          label={field.help}
          hint={hint}
          checked={value === true}
          onChange={(event) => onChange(event.target.checked)}
        />
      ) : field.kind === "choice" ? (
        <Select
          label={field.help}
          hint={hint}
          value={String(value)}
          onChange={(event) => onChange(event.target.value)}
        >
          {field.choices?.map((choice) => (
            <option key={choice} value={choice}>
              {t(`policy.handling.${choice}`)}
            </option>
          ))}
        </Select>
      ) : (
        <TextField
          label={field.help}
          hint={hint}
          inputMode={field.kind === "int" ? "numeric" : "decimal"}
          value={String(value)}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </div>
  );
}
