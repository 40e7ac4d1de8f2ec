import { useState } from "react";
import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { changePassword, useSignOut } from "@/api/auth";
import { Button } from "@/components/Button";
import { PasswordField } from "@/components/Field";
import { Form, wrong } from "@/components/Form";
import { useSay } from "@/components/Toasts";
import { Addresses } from "./Addresses";
import { Section } from "./Section";
import styles from "./settle.module.css";

/** The address and the password somebody signs in with. */
export function AccountPart() {
  const { t } = useTranslation(["settle", "common"]);
  const signOut = useSignOut();
  return (
    <Section id="account" title={t("account.title")}>
      <Addresses />
      <Password />
      <div className={styles["group"]}>
        <div className={styles["row"]}>
          <Button busy={signOut.isPending} onClick={() => signOut.mutate()}>
            {t("common:nav.signOut")}
          </Button>
        </div>
      </div>
    </Section>
  );
}

function Password() {
  const { t } = useTranslation(["settle", "common"]);
  const [open, setOpen] = useState(false);
  const say = useSay();
  const change = useMutation({
    mutationFn: ({ current, chosen }: Record<string, string>) => changePassword(current!, chosen!),
    onSuccess: () => {
      setOpen(false);
      say(t("account.passwordChanged"));
    },
  });
  return (
    <div className={styles["group"]}>
      <h3>{t("common:field.password")}</h3>
      {!open && (
        <div className={styles["row"]}>
          <Button onClick={() => setOpen(true)}>{t("account.changePassword")}</Button>
        </div>
      )}
      {open && (
        <Form
          onSubmit={(values) => change.mutate(values)}
          error={change.error}
          fields={["current_password", "new_password"]}
          action={t("account.changePassword")}
          busy={change.isPending}
        >
          <PasswordField
            name="current"
            label={t("account.currentPassword")}
            autoComplete="current-password"
            required
            error={wrong(change.error, "current_password")}
          />
          <PasswordField
            name="chosen"
            label={t("account.newPassword")}
            hint={t("common:field.passwordHint")}
            autoComplete="new-password"
            minLength={8}
            required
            error={wrong(change.error, "new_password")}
          />
        </Form>
      )}
    </div>
  );
}
