import { useMemo, useState } from "react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useNavigate, useSearchParams } from "react-router";
import { api, data } from "@/api/client";
import { useChangeMe, useMe, type Me } from "@/api/me";
import { Button, ButtonLink } from "@/components/Button";
import { LanguagePicker } from "@/components/languages/LanguagePicker";
import { likelyLanguages, type LanguageChoice } from "@/components/languages/choice";
import { Page } from "@/components/Page";
import { PathHint } from "@/components/PathHint";
import { Trouble } from "@/components/States";
import styles from "@/components/Form.module.css";
import { wayToLearn } from "./way";

/** A newcomer's languages, guessed from the browser. */
export default function LanguagesPage() {
  const { data: me } = useMe();
  return me ? <Languages me={me} /> : null;
}

function Languages({ me }: { me: Me }) {
  const { t } = useTranslation("enter");
  const [params] = useSearchParams();
  const navigate = useNavigate();
  const change = useChangeMe();
  const onward = wayToLearn(params.get("next"));
  const [choice, setChoice] = useState<LanguageChoice>(() => firstGuess(me));
  const here = useSpokenHere();
  const save = () =>
    change.mutate(
      { languages: choice.read, writing_languages: choice.write, time_zone: timeZone() },
      { onSuccess: () => void navigate(onward) },
    );
  return (
    <Page title={t("languages.title")} lead={t("languages.lead")}>
      <PathHint at="languages" />
      <LanguagePicker choice={choice} onChange={setChoice} first={here} />
      {change.error && <Trouble error={change.error} />}
      <div className={styles["others"]}>
        <Button look="primary" large busy={change.isPending} onClick={save}>
          {t("languages.action")}
        </Button>
        <ButtonLink look="bare" to={onward}>
          {t("languages.skip")}
        </ButtonLink>
      </div>
    </Page>
  );
}

/** What somebody chose before; a newcomer, of whom only the preset is known, reads what their browser reads. */
function firstGuess(me: Me): LanguageChoice {
  const preset = me.languages.join() === "en" && me.writing_languages.join() === "en";
  if (!preset || me.onboarded_at !== null)
    return { read: [...me.languages], write: [...me.writing_languages] };
  const likely = likelyLanguages(navigator.languages);
  return likely.length > 0 ? { read: likely, write: likely } : { read: ["en"], write: ["en"] };
}

function timeZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC";
}

/** The languages with the most messages on this site. */
function useSpokenHere(): string[] {
  const { data: stats } = useQuery({
    queryKey: ["stats"],
    queryFn: () => data(api.GET("/api/v1/stats")),
    staleTime: 300_000,
  });
  return useMemo(() => {
    const languages = Object.entries(stats?.messages.by_language ?? {});
    return languages.sort(([, a], [, b]) => (b["live"] ?? 0) - (a["live"] ?? 0)).map(([tag]) => tag);
  }, [stats]);
}
