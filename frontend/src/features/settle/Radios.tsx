import { useId, type ReactNode } from "react";
import styles from "./settle.module.css";

interface Props<Value extends string> {
  legend: ReactNode;
  hint?: ReactNode;
  name: string;
  value: Value | null;
  options: readonly { value: Value; label: ReactNode }[];
  onChange: (value: Value) => void;
}

/** A few things of which one holds. */
export function Radios<Value extends string>({ legend, hint, name, value, options, onChange }: Props<Value>) {
  const id = useId();
  return (
    <fieldset className={styles["group"]} aria-describedby={hint ? `${id}-hint` : undefined}>
      <legend>{legend}</legend>
      {hint && (
        <p className="soft small" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      <div className={styles["radios"]}>
        {options.map((option) => (
          <label key={option.value} className={styles["radio"]}>
            <input
              type="radio"
              name={`${id}-${name}`}
              checked={value === option.value}
              onChange={() => onChange(option.value)}
            />
            {option.label}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
