import { useRef } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "@/components/Button";
import { Select, TextField } from "@/components/Field";
import { BOUNDS, type Bound, type LabelRule } from "./order";
import type { Part } from "./part";
import styles from "./release.module.css";

/** Bounds on what reviewers said, each a row. */
export function LabelRules({ draft: { labels }, options, change, wrong }: Part) {
  const { t } = useTranslation("release");
  const box = useRef<HTMLFieldSetElement>(null);
  const put = (place: number, part: Partial<LabelRule>) =>
    change({ labels: labels.map((rule, at) => (at === place ? { ...rule, ...part } : rule)) });
  const remove = (place: number) => {
    change({ labels: labels.filter((_, at) => at !== place) });
    // The button that was pressed is gone.
    box.current?.querySelector<HTMLElement>("[data-add]")?.focus();
  };
  const nameOf = (label: string) => options.labels.find(({ name }) => name === label)?.words ?? label;
  const error = BOUNDS.map((bound) => wrong(bound)).find(Boolean);
  return (
    <fieldset ref={box} className={styles["choices"]}>
      <legend>{t("new.labels")}</legend>
      <p className="soft small">{t("new.labelsHint")}</p>
      {labels.map((rule, place) => (
        <div key={place} className={styles["rule"]}>
          <Select
            label={t("new.label")}
            value={rule.label}
            onChange={(event) => put(place, { label: event.target.value })}
          >
            {options.labels.map(({ name, words }) => (
              <option key={name} value={name}>
                {words}
              </option>
            ))}
          </Select>
          <Select
            label={t("new.bound")}
            value={rule.bound}
            onChange={(event) => put(place, { bound: event.target.value as Bound })}
          >
            {BOUNDS.map((bound) => (
              <option key={bound} value={bound}>
                {t(`new.boundIs.${bound}`)}
              </option>
            ))}
          </Select>
          <TextField
            label={t("new.value")}
            inputMode="decimal"
            placeholder="0–1"
            value={rule.value}
            onChange={(event) => put(place, { value: event.target.value })}
          />
          <Button
            look="bare"
            icon="close"
            aria-label={t("new.removeRule", { label: nameOf(rule.label) })}
            onClick={() => remove(place)}
          />
        </div>
      ))}
      {error && (
        <p className={styles["wrong"]} role="alert">
          {error}
        </p>
      )}
      <div>
        <Button
          data-add
          icon="plus"
          onClick={() =>
            change({
              labels: [...labels, { label: options.labels[0]?.name ?? "", bound: "min_label", value: "0.5" }],
            })
          }
        >
          {t("new.addRule")}
        </Button>
      </div>
    </fieldset>
  );
}
