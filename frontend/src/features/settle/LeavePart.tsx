import { useState } from "react";
import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { api, data } from "@/api/client";
import { useMe } from "@/api/me";
import { isProblem } from "@/api/problems";
import { Button } from "@/components/Button";
import { Dialog } from "@/components/Dialog";
import { CheckBox, PasswordField } from "@/components/Field";
import { Trouble } from "@/components/States";
import { forgetPerson } from "@/lib/storage";
import { Radios } from "./Radios";
import { Section } from "./Section";
import styles from "./settle.module.css";

/** The way out, last on the page. */
export function LeavePart() {
  const { t } = useTranslation("settle");
  const [open, setOpen] = useState(false);
  return (
    <Section id="leave" title={t("leave.title")} lead={t("leave.lead")}>
      <div className={styles["row"]}>
        <Button onClick={() => setOpen(true)}>{t("leave.open")}</Button>
      </div>
      <Dialog open={open} onClose={() => setOpen(false)} title={t("leave.title")}>
        <Leave />
      </Dialog>
    </Section>
  );
}

const TEXTS = ["keep", "delete"] as const;

/** It can't be undone, so it asks for a choice, a tick and the password. */
function Leave() {
  const { t } = useTranslation(["settle", "common"]);
  const [texts, setTexts] = useState<(typeof TEXTS)[number]>("keep");
  const [sure, setSure] = useState(false);
  const { data: me } = useMe();
  const leave = useMutation({
    mutationFn: (password: string) => data(api.POST("/api/v1/me/leave", { body: { password, texts } })),
    onSuccess: () => me && forgetPerson(me.id),
  });
  const wrongPassword = isProblem(leave.error, "wrong_password") ? leave.error.detail : undefined;
  if (leave.isSuccess) return <Left />;
  return (
    <form
      className={styles["form"]}
      onSubmit={(event) => {
        event.preventDefault();
        leave.mutate(String(new FormData(event.currentTarget).get("password")));
      }}
    >
      {leave.error && !wrongPassword && <Trouble error={leave.error} />}
      <p>{t("leave.what")}</p>
      <Radios
        legend={t("leave.texts")}
        hint={t(`leave.${texts}Help`)}
        name="texts"
        value={texts}
        options={TEXTS.map((value) => ({ value, label: t(`leave.${value}`) }))}
        onChange={setTexts}
      />
      <PasswordField
        name="password"
        label={t("common:field.password")}
        autoComplete="current-password"
        required
        error={wrongPassword}
      />
      <CheckBox label={t("leave.sure")} checked={sure} onChange={(event) => setSure(event.target.checked)} />
      <Button type="submit" look="danger" busy={leave.isPending} disabled={!sure}>
        {t("leave.action")}
      </Button>
    </form>
  );
}

/** Nobody is signed in any more; the front door is loaded anew. */
function Left() {
  const { t } = useTranslation("settle");
  return (
    <div className={styles["form"]}>
      <p role="status">{t("leave.done")}</p>
      <Button look="primary" onClick={() => window.location.assign("/")}>
        {t("leave.out")}
      </Button>
    </div>
  );
}
