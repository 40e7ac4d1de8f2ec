import { useState } from "react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { api, data } from "@/api/client";
import { ME } from "@/api/me";
import { isProblem } from "@/api/problems";
import { Button } from "@/components/Button";
import { Dialog } from "@/components/Dialog";
import { CheckBox, PasswordField } from "@/components/Field";
import { Trouble } from "@/components/States";
import { useSay } from "@/components/Toasts";
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
  const queries = useQueryClient();
  const navigate = useNavigate();
  const say = useSay();
  const leave = useMutation({
    mutationFn: (password: string) => data(api.POST("/api/v1/me/leave", { body: { password, texts } })),
    onSuccess: async () => {
      await navigate("/");
      queries.clear();
      queries.setQueryData(ME, null);
      say(t("leave.done"));
    },
  });
  const wrongPassword = isProblem(leave.error, "wrong_password") ? leave.error.detail : undefined;
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
