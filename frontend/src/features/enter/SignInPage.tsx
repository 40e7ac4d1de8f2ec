import { useState } from "react";
import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link, Navigate } from "react-router";
import { sendFactor, signIn, type Standing } from "@/api/auth";
import { Button } from "@/components/Button";
import { PasswordField } from "@/components/Field";
import { Page } from "@/components/Page";
import { Note } from "@/components/States";
import { CodeField, EmailField, Form, wrong } from "@/components/Form";
import styles from "@/components/Form.module.css";
import { ConfirmStep } from "./ConfirmStep";
import { leave } from "./leave";
import { useEntry } from "./useEntry";

export default function SignInPage() {
  const { standing, proceed, way, carry } = useEntry();
  const [email, setEmail] = useState("");
  if (way) return <Navigate to={way} replace />;
  if (standing?.state === "pending" && standing.flow === "verify_email") {
    return <ConfirmStep email={email} proceed={proceed} />;
  }
  if (standing?.state === "pending" && standing.flow === "mfa_authenticate") {
    return <FactorStep types={standing.types} proceed={proceed} />;
  }
  return <PasswordStep proceed={proceed} carry={carry} onEmail={setEmail} />;
}

type Proceed = (step: () => Promise<Standing>) => Promise<Standing>;

function PasswordStep(props: { proceed: Proceed; carry: string; onEmail: (email: string) => void }) {
  const { proceed, carry, onEmail } = props;
  const { t } = useTranslation(["enter", "common"]);
  const enter = useMutation({
    mutationFn: ({ email, password }: Record<string, string>) => {
      onEmail(email!);
      return proceed(() => signIn(email!.trim(), password!));
    },
  });
  return (
    <Page title={t("signIn.title")} lead={t("signIn.lead")} width="narrow">
      {enter.data?.state === "out" && (
        <Note tone="bad" live title={t("signIn.disabled")}>
          {t("signIn.disabledHelp")}
        </Note>
      )}
      <Form
        onSubmit={(values) => enter.mutate(values)}
        error={enter.error}
        fields={["email", "password"]}
        action={t("signIn.action")}
        busy={enter.isPending}
      >
        <EmailField error={wrong(enter.error, "email")} />
        <PasswordField
          name="password"
          label={t("common:field.password")}
          autoComplete="current-password"
          required
          error={wrong(enter.error, "password")}
        />
      </Form>
      <p className={styles["others"]}>
        <Link to={`/account/password/reset${carry}`}>{t("signIn.forgot")}</Link>
        <Link to={`/account/sign-up${carry}`}>{t("signIn.noAccount")}</Link>
      </p>
    </Page>
  );
}

function FactorStep({ types, proceed }: { types: readonly string[]; proceed: Proceed }) {
  const { t } = useTranslation(["enter", "common"]);
  const enter = useMutation({
    mutationFn: ({ code }: Record<string, string>) => proceed(() => sendFactor(code!)),
  });
  return (
    <Page
      title={t("factor.title")}
      lead={types.includes("totp") ? t("factor.lead") : t("factor.leadRecovery")}
      width="narrow"
    >
      <Form
        onSubmit={(values) => enter.mutate(values)}
        error={enter.error}
        fields={["code"]}
        action={t("signIn.action")}
        busy={enter.isPending}
      >
        <CodeField error={wrong(enter.error, "code")} />
      </Form>
      <div className={styles["others"]}>
        <Button look="bare" onClick={() => void proceed(leave)}>
          {t("signIn.again")}
        </Button>
      </div>
    </Page>
  );
}
