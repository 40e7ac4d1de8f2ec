import { useTranslation } from "react-i18next";
import { Button } from "@/components/Button";
import { Page } from "@/components/Page";
import { Empty, Loading, Trouble } from "@/components/States";
import { useDecisions } from "./decisions";
import { ToldCard } from "./ToldCard";
import styles from "./contest.module.css";

/** What moderators decided about me and my words, and where I can ask for a second look. */
export default function DecisionsPage() {
  const { t } = useTranslation("contest");
  const found = useDecisions();
  const told = found.data?.pages.flatMap((page) => page.results) ?? [];
  return (
    <Page title={t("title")} lead={t("lead")}>
      {found.error && <Trouble error={found.error} retry={() => void found.refetch()} />}
      {found.isPending && <Loading lines={5} />}
      {found.data && told.length === 0 && <Empty title={t("empty")}>{t("emptyHelp")}</Empty>}
      <ul className={styles["list"]}>
        {told.map((one) => (
          <ToldCard key={one.id} told={one} />
        ))}
      </ul>
      {found.hasNextPage && (
        <Button onClick={() => void found.fetchNextPage()} busy={found.isFetchingNextPage}>
          {t("common:showMore")}
        </Button>
      )}
    </Page>
  );
}
