import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { Icon } from "@/components/Icon";
import { Places } from "@/components/moderation/Places";
import { Page } from "@/components/Page";
import styles from "./intake.module.css";

interface Props {
  title: string;
  lead?: ReactNode;
  /** It lies below the list, and leads back to it. */
  under?: boolean;
  children: ReactNode;
}

/** One page about imports, among those of moderators. */
export function Frame({ under = false, children, ...rest }: Props) {
  const { t } = useTranslation("intake");
  return (
    <Page width="wide" {...rest}>
      <Places />
      {under && (
        <Link className={styles["back"]} to="/moderate/imports">
          <Icon name="back" size={18} mirrored />
          {t("toAll")}
        </Link>
      )}
      {children}
    </Page>
  );
}
