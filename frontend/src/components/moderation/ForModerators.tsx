import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { isModerator, useMe } from "@/api/me";
import { ButtonLink } from "../Button";
import { useTitle } from "../Page";
import { Empty } from "../States";

/** A page for moderators; whoever else opens it is told so. */
export function ForModerators({ children }: { children: ReactNode }) {
  const { data: me } = useMe();
  return isModerator(me) ? children : <Elsewhere />;
}

function Elsewhere() {
  const { t } = useTranslation("moderate");
  useTitle(t("title"));
  return (
    <Empty
      alone
      title={t("notYou.title")}
      action={
        <ButtonLink look="primary" to="/">
          {t("common:notFound.home")}
        </ButtonLink>
      }
    >
      {t("notYou.text")}
    </Empty>
  );
}
