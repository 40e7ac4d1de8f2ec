import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";
import { Button } from "@/components/Button";
import { ForModerators } from "@/components/moderation/ForModerators";
import { Places } from "@/components/moderation/Places";
import { Loading, Trouble } from "@/components/States";
import { TaskBar } from "@/components/task/TaskBar";
import { TaskSheet } from "@/components/task/TaskSheet";
import { Ago, Key } from "@/components/Words";
import { useHotkeys } from "@/lib/hotkeys";
import { CaseDesk, useCaseKeys, useHands, type Hands } from "./CaseDesk";
import { CaseList } from "./CaseList";
import styles from "./cases.module.css";
import { NothingWaits } from "./NothingWaits";
import { asAddress, readPlace, type Place } from "./place";
import { useCounts, useQueue } from "./queries";
import { Sifter } from "./Sifter";
import type { Counts } from "./types";
import { useDesk } from "./useDesk";
import { VerbBar } from "./VerbBar";

/** Everything that needs a moderator, the worst first, one case after the other. */
export default function QueuePage() {
  return (
    <ForModerators>
      <Queue />
    </ForModerators>
  );
}

function usePlace(): [Place, (part: Partial<Place>) => void] {
  const [params, setParams] = useSearchParams();
  const change = (part: Partial<Place>) =>
    setParams((now) => asAddress({ ...readPlace(now), ...part }), {
      replace: true,
      preventScrollReset: true,
    });
  return [readPlace(params), change];
}

const NOTHING: Hands = { one: undefined, choose: null, skip: null };

/** The one who works here: where they are, what they have in hand, and what they can do. */
function useWork() {
  const [place, change] = usePlace();
  const desk = useDesk({
    asked: { cause: place.cause, lang: place.lang },
    go: (id) => change({ case: id ?? "" }),
    onwards: true,
  });
  const held = useHands(desk, place.case, true);
  const at = place.case !== "";
  const back = () => {
    if (held.hands.one?.mine) desk.release.mutate(place.case);
    change({ case: "" });
  };
  const next = () => desk.next.mutate(null);
  useCaseKeys(at ? held.hands : NOTHING, desk, at ? back : null);
  useListKeys(at, next);
  return { place, change, desk, held, at, back, next };
}

type Work = ReturnType<typeof useWork>;

function Queue() {
  const { t } = useTranslation("moderate");
  const work = useWork();
  const { place, at } = work;
  const list = useQueue(place);
  const counts = useCounts().data;
  const none = list.data?.pages.every(({ results }) => results.length === 0) ?? true;
  return (
    <TaskSheet
      of="queue"
      wide
      title={t("cases.title")}
      lead={!at && <Lead counts={counts} />}
      bar={<Bar work={work} none={none} />}
    >
      <div className={at ? styles["aside"] : styles["above"]}>
        <Places />
        {!at && <Sifter place={place} counts={counts} change={work.change} />}
      </div>
      {at && (
        <Button className={styles["back"]} look="bare" icon="back" mirrored onClick={work.back}>
          {t("cases.back")}
        </Button>
      )}
      <div className={at ? styles["desk"] : ""}>
        <Waiting at={at} list={list} work={work} />
        {at && <CaseDesk held={work.held} desk={work.desk} />}
      </div>
    </TaskSheet>
  );
}

function Bar({ work: { held, desk, at, next }, none }: { work: Work; none: boolean }) {
  const { one } = held.hands;
  const busy = desk.next.isPending;
  if (at && one) return <VerbBar {...held.hands} one={one} undo={desk.undoLast} busy={busy} />;
  return <NextBar next={next} busy={busy} undo={desk.undoLast} none={none} />;
}

/** How much waits, and since when. */
function Lead({ counts }: { counts: Counts | undefined }) {
  const { t } = useTranslation("moderate");
  if (!counts) return null;
  return (
    <>
      {t("cases.open", { count: counts.open })}{" "}
      {counts.claimed > 0 && t("cases.claimed", { count: counts.claimed })}{" "}
      {counts.oldest_at && (
        <>
          {t("cases.oldest")} <Ago at={counts.oldest_at} />
        </>
      )}
    </>
  );
}

interface WaitingProps {
  at: boolean;
  list: ReturnType<typeof useQueue>;
  work: Work;
}

/** The list of what waits. Whoever comes back to it from a case is told where they are. */
function Waiting({ at, list, work: { place, change } }: WaitingProps) {
  const { t } = useTranslation("moderate");
  const heading = useComingBack(at);
  const items = list.data?.pages.flatMap((page) => page.results) ?? [];
  const again = () => void list.refetch();
  return (
    <section className={styles["waiting"]} aria-labelledby="waiting-heading">
      <h2 id="waiting-heading" ref={heading} tabIndex={-1} className="visually-hidden">
        {t("queue")}
      </h2>
      {list.error && <Trouble error={list.error} retry={again} />}
      {list.isPending && <Loading lines={6} />}
      {list.data && items.length === 0 && !at && (
        <NothingWaits place={place} change={change} again={again} busy={list.isFetching} />
      )}
      <CaseList items={items} current={place.case} onPick={(id) => change({ case: id })} />
      {list.hasNextPage && (
        <Button busy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t("common:showMore")}
        </Button>
      )}
    </section>
  );
}

function useComingBack(at: boolean) {
  const heading = useRef<HTMLHeadingElement>(null);
  const before = useRef(at);
  useEffect(() => {
    if (before.current && !at) heading.current?.focus();
    before.current = at;
  }, [at]);
  return heading;
}

interface NextProps {
  next: () => void;
  undo: (() => void) | null;
  busy: boolean;
  none: boolean;
}

function NextBar({ next, undo, busy, none }: NextProps) {
  const { t } = useTranslation("moderate");
  return (
    <TaskBar
      tools={
        <Button look="bare" icon="undo" aria-label={t("undo")} disabled={!undo} onClick={undo ?? undefined} />
      }
    >
      <Button
        look="primary"
        icon="forward"
        mirrored
        busy={busy}
        disabled={none}
        onClick={next}
        aria-keyshortcuts="n"
      >
        {t("cases.next")}
        <span className={styles["key"]} aria-hidden="true">
          <Key>n</Key>
        </span>
      </Button>
    </TaskBar>
  );
}

/** J and K walk through the list; Enter opens what they are at, as it does everywhere. */
function useListKeys(at: boolean, next: () => void): void {
  const { t } = useTranslation("moderate");
  const walk = (by: 1 | -1) => () => {
    const all = [...document.querySelectorAll<HTMLElement>("[data-case]")];
    const here = all.indexOf(document.activeElement as HTMLElement);
    all[Math.min(Math.max(here + by, 0), all.length - 1)]?.focus();
  };
  useHotkeys(
    at
      ? []
      : [
          { keys: "n", label: t("cases.next"), run: next },
          { keys: "j", label: t("cases.down"), run: walk(1) },
          { keys: "k", label: t("cases.up"), run: walk(-1) },
        ],
  );
}
