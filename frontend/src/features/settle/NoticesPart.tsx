import { useTranslation } from "react-i18next";
import { CheckBox } from "@/components/Field";
import { Loading, Trouble } from "@/components/States";
import { useChangePreferences, usePreferences, type PreferenceChange, type Preferences } from "./preferences";
import { Radios } from "./Radios";
import { Section } from "./Section";
import { useSaving } from "./saving";
import styles from "./settle.module.css";

const DIGESTS = ["off", "daily", "weekly"] as const;

/** What somebody hears of: on the site at once, by mail now and then. Each kind has its own switch. */
export function NoticesPart() {
  const { t } = useTranslation("settle");
  const preferences = usePreferences();
  const { mutateAsync } = useChangePreferences();
  const saving = useSaving<PreferenceChange>(mutateAsync);
  return (
    <Section id="notices" title={t("notices.title")} saving={saving}>
      {preferences.error && <Trouble error={preferences.error} retry={() => void preferences.refetch()} />}
      {preferences.isPending && <Loading lines={4} />}
      {preferences.data && <Choices now={preferences.data} save={saving.save} />}
    </Section>
  );
}

function Choices({
  now,
  save,
}: {
  now: Preferences;
  save: (change: PreferenceChange, before: PreferenceChange) => Promise<boolean>;
}) {
  const { t } = useTranslation("settle");
  return (
    <>
      <Radios
        legend={t("notices.digest")}
        hint={t("notices.digestHelp")}
        name="digest"
        value={now.digest}
        options={DIGESTS.map((value) => ({ value, label: t(`notices.${value}`) }))}
        onChange={(digest) => void save({ digest }, { digest: now.digest })}
      />
      <fieldset className={styles["group"]}>
        <legend>{t("notices.kinds")}</legend>
        {now.kinds.map(({ code, title, help }) => (
          <CheckBox
            key={code}
            label={title}
            hint={help}
            checked={!now.muted.includes(code)}
            onChange={() => {
              const muted = now.muted.includes(code)
                ? now.muted.filter((one) => one !== code)
                : [...now.muted, code];
              void save({ muted }, { muted: now.muted });
            }}
          />
        ))}
      </fieldset>
    </>
  );
}
