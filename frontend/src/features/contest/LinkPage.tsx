import { useTranslation } from "react-i18next";
import { useParams } from "react-router";
import { Page } from "@/components/Page";
import { Loading, Trouble } from "@/components/States";
import { useLinked } from "./decisions";
import { ToldCard } from "./ToldCard";
import styles from "./contest.module.css";

/** Where the link in a mail leads: somebody who is shut out can't sign in, and may say something all the same. */
export default function LinkPage() {
  const { t } = useTranslation("contest");
  const { token = "" } = useParams();
  const found = useLinked(token);
  return (
    <Page title={t("link.title")} lead={t("link.lead")} width="narrow">
      {found.isPending && <Loading lines={5} />}
      {found.error && <Trouble error={found.error} />}
      {found.data && (
        <ul className={styles["list"]}>
          <ToldCard told={found.data} token={token} />
        </ul>
      )}
    </Page>
  );
}
