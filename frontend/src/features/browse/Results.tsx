import type { InfiniteData, UseInfiniteQueryResult } from "@tanstack/react-query";
import { useRef, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { isProblem } from "@/api/problems";
import { Button } from "@/components/Button";
import { Empty, Loading, Trouble } from "@/components/States";
import { useHotkeys } from "@/lib/hotkeys";
import styles from "./browse.module.css";
import { excerptOf } from "./excerpt";

interface Props<T> {
  list: UseInfiniteQueryResult<InfiniteData<{ results: T[]; next_cursor: string | null }>>;
  label: string;
  /** Whether anything narrows the list. */
  narrowed: boolean;
  onClear: () => void;
  draw: (item: T) => ReactNode;
}

/** One list in all its states. J and K step through it, more comes on a press. */
export function Results<T extends { id: string }>({ list, label, narrowed, onClear, draw }: Props<T>) {
  const { t } = useTranslation("browse");
  const box = useRef<HTMLUListElement>(null);
  const links = () => [...(box.current?.querySelectorAll<HTMLAnchorElement>("a") ?? [])];
  const step = (by: number) => {
    const all = links();
    const here = all.indexOf(document.activeElement as HTMLAnchorElement);
    const next = here < 0 ? 0 : Math.min(Math.max(here + by, 0), all.length - 1);
    all[next]?.focus();
  };
  useHotkeys([
    { keys: "j", label: t("keyNext"), run: () => step(1) },
    { keys: "k", label: t("keyPrevious"), run: () => step(-1) },
  ]);
  const more = async () => {
    const shown = links().length;
    await list.fetchNextPage();
    requestAnimationFrame(() => links()[shown]?.focus());
  };
  const items = list.data?.pages.flatMap((page) => page.results) ?? [];
  if (list.isPending) return <Loading lines={8} />;
  return (
    <>
      {list.error && <Refused error={list.error} retry={() => void list.refetch()} />}
      {!list.error && items.length === 0 && (
        <Empty
          title={narrowed ? t("nothingFound") : t("nothing")}
          action={narrowed && <Button onClick={onClear}>{t("clearAll")}</Button>}
        >
          {narrowed ? t("nothingFoundHelp") : t("nothingHelp")}
        </Empty>
      )}
      <ul
        ref={box}
        className={`${styles["results"]} ${list.isPlaceholderData ? styles["old"] : ""}`}
        aria-label={label}
        aria-busy={list.isFetching}
      >
        {items.map((item) => (
          <li key={item.id}>{draw(item)}</li>
        ))}
      </ul>
      {list.hasNextPage && (
        <Button className={styles["further"]} busy={list.isFetchingNextPage} onClick={() => void more()}>
          {t("common:showMore")}
        </Button>
      )}
    </>
  );
}

/** Asking the same again helps only where it was not the question that was wrong. */
function Refused({ error, retry }: { error: Error; retry: () => void }) {
  const wrong = isProblem(error) && error.status === 422;
  return <Trouble error={error} {...(!wrong && { retry })} />;
}

/** The piece of a text that says why it was found. */
export function Excerpt({ text, search }: { text: string; search: string }) {
  return excerptOf(text, search).map((piece, place) =>
    piece.hit ? <mark key={place}>{piece.text}</mark> : <span key={place}>{piece.text}</span>,
  );
}
