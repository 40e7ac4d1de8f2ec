import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Select } from "@/components/Field";
import { ForModerators } from "@/components/moderation/ForModerators";
import { Places } from "@/components/moderation/Places";
import { Page } from "@/components/Page";
import { Loading, Note, Trouble } from "@/components/States";
import { useMe } from "@/api/me";
import { languageName } from "@/lib/languages";
import { usePolicy } from "./asking";
import { History } from "./History";
import { PolicyForm } from "./PolicyForm";

/** Every number that shapes the work: what holds, what a change would do, what there was before. */
export default function PolicyPage() {
  return (
    <ForModerators>
      <Shown />
    </ForModerators>
  );
}

function Shown() {
  const { t } = useTranslation("tend");
  const mayChange = useMe().data?.role === "admin";
  const [lang, setLang] = useState("");
  const policy = usePolicy(lang);
  const follows = lang !== "" && policy.data?.of_its_own === false;
  return (
    <Page title={t("policy.title")} lead={t("policy.lead")}>
      <Places />
      <WhichLanguage lang={lang} follows={follows} onChoose={setLang} />
      {!mayChange && <Note title={t("policy.onlyAdmins")} />}
      {policy.isPending && <Loading lines={8} />}
      {policy.error && <Trouble error={policy.error} retry={() => void policy.refetch()} />}
      {policy.data && (
        <PolicyForm key={`${lang} ${policy.data.version}`} policy={policy.data} mayChange={mayChange} />
      )}
      <History lang={lang} />
    </Page>
  );
}

interface Choice {
  lang: string;
  /** Whether it has no policy of its own. */
  follows: boolean;
  onChoose: (lang: string) => void;
}

function WhichLanguage({ lang, follows, onChoose }: Choice) {
  const { t, i18n } = useTranslation("tend");
  const { data: me } = useMe();
  const langs = [...new Set([...(me?.languages ?? []), ...(me?.writing_languages ?? [])])];
  return (
    <Select
      label={t("policy.language")}
      hint={follows && t("policy.notOfItsOwn")}
      value={lang}
      onChange={(event) => onChoose(event.target.value)}
    >
      <option value="">{t("policy.everyLanguage")}</option>
      {langs.map((tag) => (
        <option key={tag} value={tag}>
          {languageName(tag, i18n.language)}
        </option>
      ))}
    </Select>
  );
}
