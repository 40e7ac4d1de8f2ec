import { useId } from "react";
import { useTranslation } from "react-i18next";
import { serverNow } from "@/lib/clock";
import { absolute } from "@/lib/time";
import { TextField } from "../Field";
import styles from "./decision.module.css";
import { dayOf, DAYS, endOf, type Length } from "./until";

interface Props {
  length: Length;
  day: string;
  forGood: boolean;
  change: (part: { length?: Length; day?: string }) => void;
}

/** For how long: a few usual lengths, a day of one's own, or for good where that can be. */
export function UntilField({ length, day, forGood, change }: Props) {
  const { t, i18n } = useTranslation();
  const name = useId();
  const end = endOf(length, day, serverNow());
  const lengths: Length[] = [...DAYS, ...(forGood ? (["good"] as const) : []), "day"];
  return (
    <fieldset className={styles["until"]}>
      <legend>{t("decision.until")}</legend>
      <div className={styles["lengths"]}>
        {lengths.map((one) => (
          <label key={one}>
            <input
              type="radio"
              name={name}
              checked={one === length}
              onChange={() => change({ length: one })}
            />
            <span>{typeof one === "number" ? t("decision.days", { count: one }) : t(`decision.${one}`)}</span>
          </label>
        ))}
      </div>
      {length === "day" && (
        <TextField
          type="date"
          label={t("decision.lastDay")}
          min={dayOf(serverNow())}
          value={day}
          required
          onChange={(event) => change({ day: event.target.value })}
        />
      )}
      {end && <p className="soft small">{t("decision.ends", { when: absolute(end, i18n.language) })}</p>}
    </fieldset>
  );
}
