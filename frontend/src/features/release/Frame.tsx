import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { Icon } from "@/components/Icon";
import { Places } from "@/components/moderation/Places";
import { Page } from "@/components/Page";
import styles from "./release.module.css";

interface Props {
  title: string;
  lead?: ReactNode;
  actions?: ReactNode;
  /** It lies below the list, and leads back to it. */
  under?: boolean;
  children: ReactNode;
}

/** One page about releases, among those of moderators. */
export function Frame({ under = false, children, ...rest }: Props) {
  const { t } = useTranslation("release");
  return (
    <Page width="wide" {...rest}>
      <Places />
      {under && (
        <Link className={styles["back"]} to="/moderate/releases">
          <Icon name="back" size={18} mirrored />
          {t("toAll")}
        </Link>
      )}
      {children}
    </Page>
  );
}
