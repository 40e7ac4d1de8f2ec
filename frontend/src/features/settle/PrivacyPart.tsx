import { useState } from "react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { api, data } from "@/api/client";
import { ME, type Me } from "@/api/me";
import { Button, ButtonLink } from "@/components/Button";
import { Dialog } from "@/components/Dialog";
import { CheckBox } from "@/components/Field";
import { Trouble } from "@/components/States";
import { useSay } from "@/components/Toasts";
import { DataSetsGroup } from "./DataSetsGroup";
import { useChangePreferences, usePreferences, type PreferenceChange } from "./preferences";
import { Section } from "./Section";
import { useSaving } from "./saving";
import styles from "./settle.module.css";

/** Who sees what, what is kept, and how to take it back. */
export function PrivacyPart({ me }: { me: Me }) {
  const { t } = useTranslation("settle");
  const preferences = usePreferences();
  const { mutateAsync } = useChangePreferences();
  const saving = useSaving<PreferenceChange>(mutateAsync);
  const shown = preferences.data?.show_on_boards;
  return (
    <Section id="privacy" title={t("privacy.title")} saving={saving}>
      <div id="boards" className={styles["group"]}>
        <CheckBox
          label={t("privacy.boards")}
          hint={t("privacy.boardsHelp")}
          checked={shown ?? false}
          disabled={shown === undefined}
          onChange={() => void saving.save({ show_on_boards: !shown }, { show_on_boards: shown ?? false })}
        />
      </div>
      <Consent me={me} />
      <DataSetsGroup me={me} />
      <div className={styles["group"]}>
        <h3>{t("privacy.data")}</h3>
        <p className="soft">{t("privacy.dataHelp")}</p>
        <div className={styles["row"]}>
          <a href="/api/v1/me/data" download="oa-data.json">
            {t("privacy.download")}
          </a>
          <Link to="/privacy">{t("privacy.more")}</Link>
        </div>
      </div>
    </Section>
  );
}

/** Where one stands with the terms. Taking the consent back asks once more: it ends all tasks. */
function Consent({ me }: { me: Me }) {
  const { t } = useTranslation(["settle", "common"]);
  const [asking, setAsking] = useState(false);
  const queries = useQueryClient();
  const say = useSay();
  const { accepted, current } = me.terms;
  const withdraw = useMutation({
    mutationFn: () =>
      data(api.POST("/api/v1/me/consents", { body: { version: accepted ?? 1, given: false } })),
    onSuccess: () => {
      queries.setQueryData<Me>(ME, { ...me, terms: { current, accepted: null } });
      setAsking(false);
      say(t("privacy.withdrawn"));
    },
  });
  return (
    <div className={styles["group"]}>
      <h3>{t("privacy.consent")}</h3>
      {accepted === null ? (
        <>
          <p className="soft">{t("privacy.noConsent")}</p>
          <div className={styles["row"]}>
            <ButtonLink to="/terms?next=/me/settings%23privacy">{t("privacy.readTerms")}</ButtonLink>
          </div>
        </>
      ) : (
        <>
          <p className="soft">{t("privacy.consentGiven", { version: accepted })}</p>
          <div className={styles["row"]}>
            <Button onClick={() => setAsking(true)}>{t("privacy.withdraw")}</Button>
            <Link to="/terms">{t("privacy.readTerms")}</Link>
          </div>
        </>
      )}
      <Dialog
        open={asking}
        onClose={() => setAsking(false)}
        title={t("privacy.withdrawTitle")}
        actions={
          <>
            <Button onClick={() => setAsking(false)}>{t("common:cancel")}</Button>
            <Button look="danger" busy={withdraw.isPending} onClick={() => withdraw.mutate()}>
              {t("privacy.withdraw")}
            </Button>
          </>
        }
      >
        <div className={styles["text"]}>
          {withdraw.error && <Trouble error={withdraw.error} />}
          <p>{t("privacy.withdrawHelp")}</p>
          <p>{t("privacy.withdrawAgain")}</p>
        </div>
      </Dialog>
    </div>
  );
}
