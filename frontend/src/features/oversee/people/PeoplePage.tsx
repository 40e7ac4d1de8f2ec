import { useTranslation } from "react-i18next";
import { Button } from "@/components/Button";
import { ForModerators } from "@/components/moderation/ForModerators";
import { Empty, Loading, Trouble } from "@/components/States";
import { Frame } from "../Frame";
import { useAddress } from "../useAddress";
import { useWide } from "../useWide";
import { PeopleCards, PeopleTable } from "./PeopleList";
import styles from "./people.module.css";
import { Search } from "./Search";
import { ANYBODY, usePeople, type Asked } from "./usePeople";

/** Everybody with an account: found, sorted, and each one press from their profile. */
export default function PeoplePage() {
  return (
    <ForModerators>
      <People />
    </ForModerators>
  );
}

function People() {
  const { t } = useTranslation("oversee");
  const [asked, change] = useAddress(ANYBODY);
  const list = usePeople(asked);
  return (
    <Frame title={t("people.title")} lead={t("people.lead")}>
      <Search asked={asked} change={change} />
      {list.isPending && <Loading lines={8} />}
      {list.error && <Trouble error={list.error} retry={() => void list.refetch()} />}
      {list.data && <Found list={list} clear={asked.search + asked.role + asked.status ? change : null} />}
    </Frame>
  );
}

interface FoundProps {
  list: ReturnType<typeof usePeople>;
  /** Null where nothing narrows the list. */
  clear: ((asked: Asked) => void) | null;
}

function Found({ list, clear }: FoundProps) {
  const { t } = useTranslation("oversee");
  const List = useWide() ? PeopleTable : PeopleCards;
  const people = list.data?.pages.flatMap((page) => page.results) ?? [];
  if (people.length === 0) {
    return (
      <Empty
        title={t(clear ? "people.notFound" : "people.nobody")}
        action={clear && <Button onClick={() => clear(ANYBODY)}>{t("people.clear")}</Button>}
      >
        {clear && t("people.notFoundHelp")}
      </Empty>
    );
  }
  return (
    <>
      <div className={list.isPlaceholderData ? styles["old"] : ""} aria-busy={list.isFetching}>
        <List people={people} />
      </div>
      {list.hasNextPage && (
        <Button
          className={styles["further"]}
          busy={list.isFetchingNextPage}
          onClick={() => void list.fetchNextPage()}
        >
          {t("common:showMore")}
        </Button>
      )}
    </>
  );
}
