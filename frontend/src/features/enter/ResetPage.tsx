import { useState } from "react";
import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link, Navigate, useNavigate, useParams } from "react-router";
import { askForReset, resetPassword, signIn } from "@/api/auth";
import { isProblem } from "@/api/problems";
import { Button } from "@/components/Button";
import { PasswordField } from "@/components/Field";
import { Page } from "@/components/Page";
import { Note } from "@/components/States";
import { useSay } from "@/components/Toasts";
import { CodeField, EmailField, Form, wrong } from "@/components/Form";
import styles from "@/components/Form.module.css";
import { useEntry } from "./useEntry";

/** Which step of the reset this is; the address is lost by a reload half way, the step is not. */
type Step = { at: "ask" } | { at: "code"; email: string };

/** A forgotten password: the address, then the mailed code and a new password, all in this browser. */
export default function ResetPage() {
  const { standing, proceed, way, carry } = useEntry();
  const [step, setStep] = useState<Step | null>(null);
  if (way) return <Navigate to={way} replace />;
  const halfWay = standing?.state === "pending" && standing.flow === "password_reset_by_code";
  const now: Step = step ?? (halfWay ? { at: "code", email: "" } : { at: "ask" });
  return now.at === "ask" ? (
    <AskStep carry={carry} onSent={(email) => setStep({ at: "code", email })} />
  ) : (
    <NewPasswordStep
      email={now.email}
      carry={carry}
      enter={(email, password) => proceed(() => signIn(email, password))}
      onOver={() => setStep({ at: "ask" })}
    />
  );
}

function AskStep({ carry, onSent }: { carry: string; onSent: (email: string) => void }) {
  const { t } = useTranslation(["enter", "common"]);
  const ask = useMutation({
    mutationFn: async ({ email }: Record<string, string>) => {
      await askForReset(email!.trim());
      onSent(email!.trim());
    },
  });
  return (
    <Page title={t("reset.title")} lead={t("reset.lead")} width="narrow">
      <Form
        onSubmit={(values) => ask.mutate(values)}
        error={ask.error}
        fields={["email"]}
        action={t("reset.send")}
        busy={ask.isPending}
      >
        <EmailField error={wrong(ask.error, "email")} />
      </Form>
      <p className={styles["others"]}>
        <Link to={`/account/sign-in${carry}`}>{t("signIn.title")}</Link>
      </p>
    </Page>
  );
}

interface NewPassword {
  email: string;
  carry: string;
  enter: (email: string, password: string) => Promise<{ state: string }>;
  onOver: () => void;
}

function NewPasswordStep({ email, carry, enter, onOver }: NewPassword) {
  const { t } = useTranslation(["enter", "common"]);
  const { key = "" } = useParams();
  const say = useSay();
  const navigate = useNavigate();
  const reset = useMutation({
    mutationFn: async ({ code, password }: Record<string, string>) => {
      await resetPassword(code!, password!);
      say(t("reset.done"));
      const entered = email ? await enter(email, password!) : null;
      if (entered?.state !== "in") await navigate(`/account/sign-in${carry}`);
    },
  });
  const over = isProblem(reset.error) && reset.error.status === 409;
  return (
    <Page
      title={t("reset.newTitle")}
      lead={email ? t("reset.sent", { email }) : t("confirm.leadNoAddress")}
      width="narrow"
    >
      {over ? (
        <Note
          tone="warn"
          live
          title={t("reset.over")}
          actions={<Button onClick={onOver}>{t("reset.again")}</Button>}
        />
      ) : (
        <>
          <Form
            onSubmit={(values) => reset.mutate(values)}
            error={reset.error}
            fields={["key", "password"]}
            action={t("reset.action")}
            busy={reset.isPending}
          >
            <CodeField defaultValue={key} placeholder="XXXX-XXXX" error={wrong(reset.error, "key")} />
            <PasswordField
              name="password"
              label={t("reset.newPassword")}
              hint={t("common:field.passwordHint")}
              autoComplete="new-password"
              minLength={8}
              required
              error={wrong(reset.error, "password")}
            />
          </Form>
          <p className="soft">{t("reset.notThere")}</p>
          <div className={styles["others"]}>
            <Button look="bare" onClick={onOver}>
              {t("reset.again")}
            </Button>
          </div>
        </>
      )}
    </Page>
  );
}
