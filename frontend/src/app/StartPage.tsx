import { useTranslation } from "react-i18next";
import { useMe, type Me } from "@/api/me";
import { ButtonLink } from "@/components/Button";
import { Page } from "@/components/Page";
import { Loading, Note } from "@/components/States";
import { ChoosePart } from "@/features/choose/ChoosePart";
import { StandingPart } from "@/features/compete/StandingPart";
import { NewsPart } from "@/features/hear/NewsPart";
import styles from "./Shell.module.css";
import { WelcomePart } from "./WelcomePart";

/** The door: what this is for whoever comes by, and for whoever is signed in what can be done now. */
export default function StartPage() {
  const { data: me } = useMe();
  if (me === undefined) {
    return (
      <div className={styles["waiting"]}>
        <Loading lines={5} />
      </div>
    );
  }
  return me ? <Desk me={me} /> : <WelcomePart />;
}

function Desk({ me }: { me: Me }) {
  const { t } = useTranslation("choose");
  const name = me.display_name;
  return (
    <Page title={name ? t("titleNamed", { name }) : t("title")} width="wide">
      {me.onboarded_at === null && (
        <Note title={t("firstTime")} actions={<ButtonLink to="/learn">{t("firstTimeGo")}</ButtonLink>}>
          {t("firstTimeHelp")}
        </Note>
      )}
      <ChoosePart me={me} />
      <section className={styles["section"]}>
        <h2>{t("standing")}</h2>
        <StandingPart />
      </section>
      <NewsPart />
    </Page>
  );
}
