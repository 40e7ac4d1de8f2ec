import { useState } from "react";
import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link, Navigate } from "react-router";
import { signUp } from "@/api/auth";
import { PasswordField } from "@/components/Field";
import { Page } from "@/components/Page";
import { PathHint } from "@/components/PathHint";
import { EmailField, Form, wrong } from "@/components/Form";
import styles from "@/components/Form.module.css";
import { ConfirmStep } from "./ConfirmStep";
import { useEntry } from "./useEntry";

/** An e-mail address and a password; the rest is asked when it is needed. */
export default function SignUpPage() {
  const { t } = useTranslation(["enter", "common"]);
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
          label={t("common:field.password")}
          hint={t("common:field.passwordHint")}
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
