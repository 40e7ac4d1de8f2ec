import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { isModerator, useMe } from "@/api/me";
import { Button, ButtonLink } from "@/components/Button";
import { Page } from "@/components/Page";
import { Empty, Loading, Trouble } from "@/components/States";
import { Day } from "@/components/Words";
import { useDataSets } from "./asking";
import styles from "./publish.module.css";
import { Extent, Languages } from "./Extent";
import type { Listed } from "./types";

/** Every data set that was published here, the newest first. */
export default function DatasetsPage() {
  const { t } = useTranslation("publish");
  const list = useDataSets();
  const items = list.data?.pages.flatMap((page) => page.results) ?? [];
  return (
    <Page title={t("title")} lead={t("lead")}>
      {list.error && <Trouble error={list.error} retry={() => void list.refetch()} />}
      {list.isPending && <Loading lines={8} />}
      {list.data && items.length === 0 && <None />}
      {items.length > 0 && (
        <ul className={styles["list"]} aria-label={t("title")}>
          {items.map((one) => (
            <li key={one.name}>
              <DataSetCard one={one} />
            </li>
          ))}
        </ul>
      )}
      {list.hasNextPage && (
        <Button
          className={styles["further"]}
          busy={list.isFetchingNextPage}
          onClick={() => void list.fetchNextPage()}
        >
          {t("common:showMore")}
        </Button>
      )}
    </Page>
  );
}

function None() {
  const { t } = useTranslation("publish");
  const { data: me } = useMe();
  return (
    <Empty
      title={t("none")}
      action={
        isModerator(me) && (
          <ButtonLink look="primary" to="/moderate/releases">
            {t("make")}
          </ButtonLink>
        )
      }
    >
      {t("noneHelp")}
    </Empty>
  );
}

export function DataSetCard({ one }: { one: Listed }) {
  const { t } = useTranslation("publish");
  return (
    <article className={`${styles["card"]} ${one.recalled ? styles["recalled"] : ""}`}>
      <div className={styles["cardHead"]}>
        <h2>
          <Link to={`/datasets/${one.name}`}>
            <bdi>{one.title || one.name}</bdi>
          </Link>
        </h2>
        {one.recalled && <span className={styles["flag"]}>{t("recalled.flag")}</span>}
      </div>
      <p className={styles["facts"]}>
        <span>
          <Day at={one.published_at} />
        </span>
        <bdi>{one.licence}</bdi>
        {one.title && (
          <bdi dir="ltr" className={styles["name"]}>
            {one.name}
          </bdi>
        )}
      </p>
      <Extent of={one} />
      <p className="soft small">
        <Languages of={one.langs} />
      </p>
    </article>
  );
}
