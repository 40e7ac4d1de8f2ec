import {
  useId,
  useState,
  type InputHTMLAttributes,
  type ReactNode,
  type SelectHTMLAttributes,
  type TextareaHTMLAttributes,
} from "react";
import { useTranslation } from "react-i18next";
import styles from "./Field.module.css";

interface Frame {
  label: ReactNode;
  hint?: ReactNode;
  /** What is wrong with it, in words. */
  error?: ReactNode;
}

function Framed({
  label,
  hint,
  error,
  children,
}: Frame & {
  children: (ids: { id: string; "aria-describedby"?: string; "aria-invalid"?: true }) => ReactNode;
}) {
  const id = useId();
  const describedBy = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(" ");
  return (
    <div className={styles["field"]}>
      <label className={styles["label"]} htmlFor={id}>
        {label}
      </label>
      {hint && (
        <p className={styles["hint"]} id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {children({
        id,
        ...(describedBy && { "aria-describedby": describedBy }),
        ...(error ? { "aria-invalid": true as const } : {}),
      })}
      {error && (
        <p className={styles["error"]} id={`${id}-error`} role="alert">
          {error}
        </p>
      )}
    </div>
  );
}

export function TextField({ label, hint, error, ...rest }: Frame & InputHTMLAttributes<HTMLInputElement>) {
  return (
    <Framed label={label} hint={hint} error={error}>
      {(ids) => <input dir="auto" {...rest} {...ids} className={styles["input"]} />}
    </Framed>
  );
}

/** A password, which can be looked at while it is typed. */
export function PasswordField({
  label,
  hint,
  error,
  ...rest
}: Frame & Omit<InputHTMLAttributes<HTMLInputElement>, "type">) {
  const { t } = useTranslation();
  const [shown, setShown] = useState(false);
  return (
    <Framed label={label} hint={hint} error={error}>
      {(ids) => (
        <div className={styles["password"]}>
          <input
            dir="ltr"
            autoCapitalize="none"
            spellCheck={false}
            {...rest}
            {...ids}
            type={shown ? "text" : "password"}
            className={styles["input"]}
          />
          <button type="button" aria-pressed={shown} onClick={() => setShown(!shown)}>
            {t(shown ? "password.hide" : "password.show")}
          </button>
        </div>
      )}
    </Framed>
  );
}

export function TextArea({
  label,
  hint,
  error,
  ...rest
}: Frame & TextareaHTMLAttributes<HTMLTextAreaElement>) {
  return (
    <Framed label={label} hint={hint} error={error}>
      {(ids) => <textarea dir="auto" rows={4} {...rest} {...ids} className={styles["input"]} />}
    </Framed>
  );
}

export function Select({
  label,
  hint,
  error,
  children,
  ...rest
}: Frame & SelectHTMLAttributes<HTMLSelectElement>) {
  return (
    <Framed label={label} hint={hint} error={error}>
      {(ids) => (
        <select {...rest} {...ids} className={styles["input"]}>
          {children}
        </select>
      )}
    </Framed>
  );
}

export function CheckBox({
  label,
  hint,
  ...rest
}: { label: ReactNode; hint?: ReactNode } & InputHTMLAttributes<HTMLInputElement>) {
  const id = useId();
  return (
    <label className={styles["check"]} htmlFor={id}>
      <input type="checkbox" {...rest} id={id} aria-describedby={hint ? `${id}-hint` : undefined} />
      <span>
        {label}
        {hint && (
          <span className={styles["hint"]} id={`${id}-hint`}>
            <br />
            {hint}
          </span>
        )}
      </span>
    </label>
  );
}
