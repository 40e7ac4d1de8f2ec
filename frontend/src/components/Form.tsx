import type { InputHTMLAttributes, ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Problem, problemOf } from "@/api/problems";
import { Button } from "./Button";
import { TextField } from "./Field";
import { Trouble } from "./States";
import styles from "./Form.module.css";

interface Props {
  onSubmit: (values: Record<string, string>) => void;
  /** What went wrong; what concerns a field of the form stands at the field. */
  error: unknown;
  fields: readonly string[];
  action: string;
  busy: boolean;
  children: ReactNode;
}

/** A form of a few fields, handed in whole. */
export function Form({ onSubmit, error, fields, action, busy, children }: Props) {
  return (
    <form
      className={styles["form"]}
      onSubmit={(event) => {
        event.preventDefault();
        if (busy) return;
        const sent = new FormData(event.currentTarget);
        onSubmit(Object.fromEntries([...sent].map(([name, value]) => [name, String(value)])));
      }}
    >
      <Elsewhere error={error} fields={fields} />
      {children}
      <Button type="submit" look="primary" large busy={busy}>
        {action}
      </Button>
    </form>
  );
}

/** What is wrong with this field, in the server's words. */
export function wrong(error: unknown, field: string): string | undefined {
  return error ? problemOf(error).errors[field]?.join(" ") : undefined;
}

function Elsewhere({ error, fields }: { error: unknown; fields: readonly string[] }) {
  if (!error) return null;
  const problem = problemOf(error);
  const others = Object.entries(problem.errors).filter(([field]) => !fields.includes(field));
  const atFields = Object.keys(problem.errors).length > others.length;
  const detail = others.flatMap(([, said]) => said).join(" ") || (atFields ? "" : problem.detail);
  if (atFields && !detail) return null;
  return <Trouble error={new Problem({ code: problem.code, status: problem.status, detail })} />;
}

/** A code out of a mail or a device. */
export function CodeField(props: InputHTMLAttributes<HTMLInputElement> & { error?: string | undefined }) {
  const { t } = useTranslation();
  return (
    <TextField
      name="code"
      label={t("field.code")}
      autoComplete="one-time-code"
      autoCapitalize="characters"
      spellCheck={false}
      dir="ltr"
      required
      maxLength={40}
      {...props}
    />
  );
}

export function EmailField({ error, initial }: { error?: string | undefined; initial?: string }) {
  const { t } = useTranslation();
  return (
    <TextField
      name="email"
      type="email"
      inputMode="email"
      autoComplete="email"
      autoCapitalize="none"
      spellCheck={false}
      dir="ltr"
      label={t("field.email")}
      defaultValue={initial}
      required
      error={error}
    />
  );
}
