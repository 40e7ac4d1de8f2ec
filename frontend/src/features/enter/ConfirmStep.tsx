import { useMutation, useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { addressOf, confirmEmail, resendCode, type Standing } from "@/api/auth";
import { isProblem } from "@/api/problems";
import { Button } from "@/components/Button";
import { Page } from "@/components/Page";
import { PathHint } from "@/components/PathHint";
import { Note, Trouble } from "@/components/States";
import { CodeField, Form, wrong } from "@/components/Form";
import styles from "@/components/Form.module.css";
import { leave } from "./leave";

interface Props {
  /** "" after a reload: then it is asked for. */
  email: string;
  proceed: (step: () => Promise<Standing>) => Promise<Standing>;
}

/** The code that was mailed, to be typed here. */
export function ConfirmStep({ email, proceed }: Props) {
  const { t } = useTranslation("enter");
  const asked = useQuery({ queryKey: ["standing", "address"], queryFn: () => addressOf(), enabled: !email });
  const address = email || asked.data || "";
  const confirm = useMutation({
    mutationFn: ({ code }: Record<string, string>) => proceed(() => confirmEmail(code!)),
  });
  const again = useMutation({ mutationFn: resendCode, onSuccess: () => confirm.reset() });
  const over = isProblem(confirm.error) && confirm.error.status === 409;
  const startOver = () => proceed(leave);
  return (
    <Page
      title={t("confirm.title")}
      lead={address ? t("confirm.lead", { email: address }) : t("confirm.leadNoAddress")}
      width="narrow"
    >
      <PathHint at="account" />
      {over ? (
        <Note
          tone="warn"
          live
          title={t("confirm.over")}
          actions={<Button onClick={() => void startOver()}>{t("signIn.again")}</Button>}
        >
          {t("confirm.overHelp")}
        </Note>
      ) : (
        <Form
          onSubmit={(values) => confirm.mutate(values)}
          error={confirm.error}
          fields={["key"]}
          action={t("confirm.action")}
          busy={confirm.isPending}
        >
          <CodeField error={wrong(confirm.error, "key")} placeholder="XXXX-XXXX" />
        </Form>
      )}
      {again.isSuccess && <Note tone="good" live title={t("confirm.sentAgain")} />}
      {again.error && <Trouble error={again.error} />}
      <p className="soft">{t("confirm.notThere")}</p>
      <div className={styles["others"]}>
        <Button onClick={() => again.mutate()} busy={again.isPending}>
          {t("confirm.again")}
        </Button>
        <Button look="bare" onClick={() => void startOver()}>
          {t("confirm.other")}
        </Button>
      </div>
    </Page>
  );
}
