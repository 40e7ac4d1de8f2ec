import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useMe } from "@/api/me";
import { Button } from "@/components/Button";
import { Icon, type IconName } from "@/components/Icon";
import { Page } from "@/components/Page";
import { StandingPart } from "@/features/compete/StandingPart";
import { useSignOut } from "@/api/auth";
import styles from "./MePage.module.css";

const PLACES: readonly { to: string; icon: IconName; words: string }[] = [
  { to: "/me/contributions", icon: "tree", words: "contributions" },
  { to: "/me/tasks", icon: "clock", words: "tasks" },
  { to: "/me/news", icon: "bell", words: "news" },
  { to: "/me/decisions", icon: "eye", words: "decisions" },
  { to: "/me/points", icon: "star", words: "points" },
  { to: "/learn", icon: "book", words: "learn" },
  { to: "/me/settings", icon: "person", words: "settings" },
];

/** Everything about me, one press away. */
export default function MePage() {
  const { t } = useTranslation();
  const { data: me } = useMe();
  const leave = useSignOut();
  return (
    <Page
      title={me?.display_name || t("me.title")}
      lead={me?.email}
      width="wide"
      actions={
        <Button onClick={() => leave.mutate()} busy={leave.isPending}>
          {t("nav.signOut")}
        </Button>
      }
    >
      <StandingPart />
      <ul className={styles["places"]}>
        {PLACES.map(({ to, icon, words }) => (
          <li key={to}>
            <Link className={styles["place"]} to={to}>
              <Icon name={icon} size={26} />
              <span>
                <strong>{t(`me.${words}`)}</strong>
                <span className="soft small">{t(`me.${words}Help`)}</span>
              </span>
              <Icon name="forward" mirrored />
            </Link>
          </li>
        ))}
      </ul>
    </Page>
  );
}
