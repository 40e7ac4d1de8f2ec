import { useState } from "react";
import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link, Navigate } from "react-router";
import { signUp } from "@/api/auth";
import { PasswordField } from "@/components/Field";
import { Page } from "@/components/Page";
import { PathHint } from "@/components/PathHint";
import { ConfirmStep } from "./ConfirmStep";
import { EmailField, Form, wrong } from "./Form";
import styles from "./Form.module.css";
import { useEntry } from "./useEntry";

/** An e-mail address and a password; the rest is asked when it is needed. */
export default function SignUpPage() {
  const { t } = useTranslation("enter");
  const { standing, proceed, way, carry } = useEntry();
  const [email, setEmail] = useState("");
  const join = useMutation({
    mutationFn: ({ email, password }: Record<string, string>) => {
      setEmail(email!);
      return proceed(() => signUp(email!.trim(), password!));
    },
  });
  if (way) return <Navigate to={way} replace />;
  if (standing?.state === "pending" && standing.flow === "verify_email") {
    return <ConfirmStep email={email} proceed={proceed} />;
  }
  return (
    <Page title={t("signUp.title")} lead={t("signUp.lead")} width="narrow">
      <PathHint at="account" />
      <Form
        onSubmit={(values) => join.mutate(values)}
        error={join.error}
        fields={["email", "password"]}
        action={t("signUp.action")}
        busy={join.isPending}
      >
        <EmailField error={wrong(join.error, "email")} />
        <PasswordField
          name="password"
          label={t("password")}
          hint={t("passwordHint")}
          autoComplete="new-password"
          minLength={8}
          required
          error={wrong(join.error, "password")}
        />
      </Form>
      <p className={styles["others"]}>
        <span>{t("signUp.already")}</span>
        <Link to={`/account/sign-in${carry}`}>{t("signIn.title")}</Link>
      </p>
      <p className="soft small">{t("signUp.kept")}</p>
    </Page>
  );
}
