import { useTranslation } from "react-i18next";
import { useNotices } from "@/api/community";
import { ButtonLink } from "@/components/Button";
import { NewsList } from "./NewsList";

/** The latest three, on the desk. Nothing at all while there is none. */
export function NewsPart() {
  const { t } = useTranslation("hear");
  const notices = useNotices();
  const latest = notices.data?.pages[0]?.results.slice(0, 3) ?? [];
  if (latest.length === 0) return null;
  return (
    <section style={{ display: "grid", gap: "var(--gap-3)" }}>
      <h2>{t("title")}</h2>
      <NewsList notices={latest} />
      <div>
        <ButtonLink look="bare" icon="forward" mirrored to="/me/news">
          {t("all")}
        </ButtonLink>
      </div>
    </section>
  );
}
