import { useTranslation } from "react-i18next";
import { ButtonLink } from "@/components/Button";
import { useTitle } from "@/components/Page";
import { Empty } from "@/components/States";

export function NotFoundPage() {
  const { t } = useTranslation();
  useTitle(t("notFound.title"));
  return (
    <Empty
      alone
      title={t("notFound.title")}
      action={
        <ButtonLink look="primary" to="/">
          {t("notFound.home")}
        </ButtonLink>
      }
    >
      {t("notFound.text")}
    </Empty>
  );
}
