import { useTranslation } from "react-i18next";
import { useChangeMe, type Me } from "@/api/me";
import { LanguagePicker } from "@/components/languages/LanguagePicker";
import type { LanguageChoice } from "@/components/languages/choice";
import type { Change } from "./ProfilePart";
import { Section } from "./Section";
import { useSaving } from "./saving";

export function LanguagesPart({ me }: { me: Me }) {
  const { t } = useTranslation("settle");
  const { mutateAsync } = useChangeMe();
  const saving = useSaving<Change>(mutateAsync);
  const now: LanguageChoice = { read: [...me.languages], write: [...me.writing_languages] };
  return (
    <Section id="languages" title={t("languages.title")} lead={t("languages.lead")} saving={saving}>
      <LanguagePicker
        choice={now}
        onChange={({ read, write }) =>
          void saving.save(
            { languages: read, writing_languages: write },
            { languages: now.read, writing_languages: now.write },
          )
        }
      />
    </Section>
  );
}
