import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useMe } from "@/api/me";
import { Button, ButtonLink } from "@/components/Button";
import { ForModerators } from "@/components/moderation/ForModerators";
import { Empty, Loading, Meter, Note, Trouble } from "@/components/States";
import { Ago } from "@/components/Words";
import { useReleases } from "./asking";
import { Frame } from "./Frame";
import { atWork, share } from "./progress";
import styles from "./release.module.css";
import { StateChip } from "./StateChip";
import type { ReleaseHead } from "./types";

/** Every release: what state it is in, how much it holds, who ordered it and when. */
export default function ReleasesPage() {
  return (
    <ForModerators>
      <Shown />
    </ForModerators>
  );
}

function Shown() {
  const { t } = useTranslation("release");
  const mayOrder = useMe().data?.role === "admin";
  const list = useReleases();
  const releases = list.data?.pages.flatMap((page) => page.results) ?? [];
  const begin = (
    <ButtonLink look={mayOrder ? "primary" : "quiet"} to="/moderate/releases/new">
      {t(mayOrder ? "list.new" : "list.try")}
    </ButtonLink>
  );
  return (
    <Frame title={t("list.title")} lead={t("list.lead")} actions={begin}>
      {!mayOrder && <Note title={t("onlyAdmins")} />}
      {list.isPending && <Loading lines={6} />}
      {list.error && <Trouble error={list.error} retry={() => void list.refetch()} />}
      {list.data && releases.length === 0 && <Empty title={t("list.none")}>{t("list.noneHelp")}</Empty>}
      <ul className={styles["list"]}>
        {releases.map((release) => (
          <li key={release.name}>
            <One release={release} />
          </li>
        ))}
      </ul>
      {list.hasNextPage && (
        <div>
          <Button busy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
            {t("common:showMore")}
          </Button>
        </div>
      )}
    </Frame>
  );
}

/** One release in the list. */
export function One({ release }: { release: ReleaseHead }) {
  const { t, i18n } = useTranslation("release");
  const percent = new Intl.NumberFormat(i18n.language, { style: "percent" }).format(share(release));
  return (
    <article className={styles["one"]}>
      <h2>
        <Link to={`/moderate/releases/${release.name}`} dir="auto">
          {release.title || release.name}
        </Link>
      </h2>
      <p className={styles["facts"]}>
        <StateChip of={release.state} />
        {release.title && <code>{release.name}</code>}
        {release.trees > 0 && <span>{t("trees", { count: release.trees })}</span>}
        {release.messages > 0 && <span>{t("messages", { count: release.messages })}</span>}
        {release.people > 0 && <span>{t("people", { count: release.people })}</span>}
        <span>{release.licence}</span>
      </p>
      {atWork(release.state) && (
        <Meter value={share(release)} label={release.doing || t("progress.label", { percent })} />
      )}
      <p className="soft small">
        {release.by && <bdi>{release.by.display_name}</bdi>}
        {release.by && " · "}
        <Ago at={release.published_at ?? release.at} />
      </p>
    </article>
  );
}
