import { useTranslation } from "react-i18next";
import { useMarkRead, useNotices } from "@/api/community";
import { Button, ButtonLink } from "@/components/Button";
import { Page } from "@/components/Page";
import { Empty, Loading, Trouble } from "@/components/States";
import { NewsList } from "./NewsList";

/** What became of my work, the newest first. */
export default function NewsPage() {
  const { t } = useTranslation("hear");
  const notices = useNotices();
  const read = useMarkRead();
  const items = notices.data?.pages.flatMap((page) => page.results) ?? [];
  return (
    <Page
      title={t("title")}
      lead={t("lead")}
      actions={
        <>
          {items.some((one) => one.read_at === null) && (
            <Button icon="check" busy={read.isPending} onClick={() => read.mutate(undefined)}>
              {t("markAll")}
            </Button>
          )}
          <ButtonLink look="bare" to="/me/settings#notices">
            {t("choose")}
          </ButtonLink>
        </>
      }
    >
      {notices.error && <Trouble error={notices.error} retry={() => void notices.refetch()} />}
      {notices.isPending && <Loading lines={6} />}
      {notices.data && items.length === 0 && <Empty title={t("empty")}>{t("emptyHelp")}</Empty>}
      <NewsList notices={items} />
      {notices.hasNextPage && (
        <Button onClick={() => void notices.fetchNextPage()} busy={notices.isFetchingNextPage}>
          {t("common:showMore")}
        </Button>
      )}
    </Page>
  );
}
