import { useId, type ReactNode } from "react";
import styles from "./release.module.css";

interface Props {
  legend: ReactNode;
  hint?: ReactNode;
  error?: string | undefined;
  options: readonly { value: string; label: ReactNode; hint?: ReactNode }[];
  chosen: readonly string[];
  toggle: (value: string) => void;
  /** Each with a sentence, one below the other. */
  told?: boolean;
}

/** Things of which several can be chosen together. */
export function Choices({ legend, hint, error, options, chosen, toggle, told = false }: Props) {
  const id = useId();
  const describedBy = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(" ");
  return (
    <fieldset
      className={styles["choices"]}
      aria-describedby={describedBy || undefined}
      data-wrong={error ? true : undefined}
    >
      <legend>{legend}</legend>
      {hint && (
        <p className="soft small" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      <div className={told ? styles["told"] : styles["chips"]}>
        {options.map((option) => (
          <label key={option.value} className={told ? styles["tell"] : styles["chip"]}>
            <input
              type="checkbox"
              checked={chosen.includes(option.value)}
              onChange={() => toggle(option.value)}
            />
            <span>
              {option.label}
              {option.hint && <span className="soft small">{option.hint}</span>}
            </span>
          </label>
        ))}
      </div>
      {error && (
        <p className={styles["wrong"]} id={`${id}-error`} role="alert">
          {error}
        </p>
      )}
    </fieldset>
  );
}
