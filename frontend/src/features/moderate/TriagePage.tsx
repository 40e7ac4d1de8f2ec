import { useEffect, useReducer, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "@/components/Button";
import { ForModerators } from "@/components/moderation/ForModerators";
import { Places } from "@/components/moderation/Places";
import { Loading, Trouble } from "@/components/States";
import { TaskSheet } from "@/components/task/TaskSheet";
import { Also } from "./Also";
import { Bar } from "./Bar";
import { DeleteDialog } from "./DeleteDialog";
import { Filters, Kinds } from "./Filters";
import { useCounts, useTriage } from "./lists";
import styles from "./moderate.module.css";
import { Nothing } from "./Nothing";
import type { Place, Triaged } from "./place";
import { Queue } from "./Queue";
import { Sheet } from "./Sheet";
import { BEGINNING, hereIn, left, sifting, type Move } from "./sifting";
import { useActs } from "./useActs";
import { useMessageInAddress, usePlace } from "./usePlace";
import { useTriageKeys } from "./useTriageKeys";

/** What machine or people find bad, one message after the other, for a moderator who looks. */
export default function TriagePage() {
  return (
    <ForModerators>
      <Triage />
    </ForModerators>
  );
}

function Triage() {
  const { t } = useTranslation("moderate");
  const [place, change] = usePlace();
  const list = useTriage(place);
  const counts = useCounts(place).data;
  const items = list.data?.pages.flatMap((page) => page.results) ?? [];
  const [now, move] = useReducer(sifting, { ...BEGINNING, current: place.message || null });
  const acts = useActs(items, now, move);
  const shown = left(items, now);
  const here = hereIn(items, now);
  const [doomed, setDoomed] = useState<Triaged | null>(null);
  useMore(list, shown.length);
  useMessageInAddress(here?.message.id);

  const can = { ...onlyIfOpen(here, acts, setDoomed), here, undo: acts.undoLast };
  useTriageKeys({ ...can, move, items });

  return (
    <TaskSheet of="triage" wide title={t("title")} lead={t(`kind.${place.kind}.help`)} bar={<Bar {...can} />}>
      <div className={styles["head"]}>
        <Places />
        <Kinds place={place} counts={counts} />
        <Filters place={place} counts={counts} change={change}>
          {here && (
            <Steps
              at={shown.indexOf(here) + 1}
              all={Math.max(shown.length, counts?.[place.kind] ?? 0)}
              onStep={(to) => move({ to, among: items })}
            />
          )}
        </Filters>
      </div>
      {here ? (
        <Desk here={here} shown={shown} move={move} />
      ) : (
        <Otherwise list={list} place={place} change={change} />
      )}
      <Also />
      <DeleteDialog
        item={doomed}
        onClose={() => setDoomed(null)}
        onDelete={(item, why, reason) => {
          setDoomed(null);
          acts.remove(item, why, reason);
        }}
      />
    </TaskSheet>
  );
}

/** Archived imports are only shown. */
function onlyIfOpen(
  here: Triaged | undefined,
  acts: ReturnType<typeof useActs>,
  doom: (item: Triaged) => void,
) {
  if (!here || here.message.archived) return { leave: null, remove: null };
  return { leave: () => acts.leave(here), remove: () => doom(here) };
}

interface OtherwiseProps {
  list: ReturnType<typeof useTriage>;
  place: Place;
  change: (part: Partial<Place>) => void;
}

/** No message to look at: not yet, not to be had, or really none. */
function Otherwise({ list, place, change }: OtherwiseProps) {
  const again = () => void list.refetch();
  if (list.error) return <Trouble error={list.error} retry={again} />;
  if (list.isPending || list.hasNextPage) return <Loading lines={8} />;
  return <Nothing place={place} change={change} again={again} busy={list.isFetching} />;
}

// So many messages before the end of what is here the next ones are fetched.
const AHEAD = 5;

function useMore(list: ReturnType<typeof useTriage>, left: number) {
  const { hasNextPage, isFetching, fetchNextPage, isError } = list;
  const short = left < AHEAD && hasNextPage && !isFetching && !isError;
  useEffect(() => {
    if (short) void fetchNextPage();
  }, [short, fetchNextPage]);
}

interface StepsProps {
  at: number;
  all: number;
  onStep: (to: "next" | "previous") => void;
}

function Steps({ at, all, onStep }: StepsProps) {
  const { t } = useTranslation("moderate");
  return (
    <div className={styles["steps"]} role="group" aria-label={t("steps")}>
      <Button
        look="bare"
        icon="back"
        mirrored
        aria-label={t("previous")}
        onClick={() => onStep("previous")}
      />
      <span>{t("stepOf", { at, count: all })}</span>
      <Button look="bare" icon="forward" mirrored aria-label={t("next")} onClick={() => onStep("next")} />
    </div>
  );
}

interface DeskProps {
  here: Triaged;
  shown: readonly Triaged[];
  move: (move: Move) => void;
}

/** The message one is at, and beside it what else waits. */
function Desk({ here, shown, move }: DeskProps) {
  const heading = useArrival(here.message.id);
  return (
    <div className={styles["desk"]}>
      <Queue items={shown} current={here.message.id} onPick={(id) => move({ to: "item", id })} />
      <Sheet key={here.message.id} item={here} heading={heading} />
    </div>
  );
}

/** When another message comes, it is read from its beginning, and named to those who listen. */
function useArrival(id: string) {
  const heading = useRef<HTMLHeadingElement>(null);
  const before = useRef(id);
  useEffect(() => {
    if (before.current === id) return;
    before.current = id;
    heading.current?.focus({ preventScroll: true });
    const top = heading.current?.getBoundingClientRect().top ?? 0;
    if (top < 0 || top > window.innerHeight / 2) heading.current?.scrollIntoView({ block: "start" });
  }, [id]);
  return heading;
}
