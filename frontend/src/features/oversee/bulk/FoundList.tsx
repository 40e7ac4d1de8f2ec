import { useRef } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { isProblem } from "@/api/problems";
import { Button } from "@/components/Button";
import { RoleMark } from "@/components/Mark";
import { Empty, Loading, Trouble } from "@/components/States";
import { Ago, LanguageName } from "@/components/Words";
import { useHotkeys } from "@/lib/hotkeys";
import type { Found } from "../types";
import styles from "./bulk.module.css";
import type { Picks } from "./selection";
import type { useFound } from "./useBulk";

interface Props {
  list: ReturnType<typeof useFound>;
  picks: Picks;
  toggle: (id: string) => void;
  like: (id: string) => void;
}

/** Said at the field that was wrong. */
const AT_FIELD = ["bad_regex", "regex_too_slow", "nothing_to_search_for"];

/** What is found, to be looked at: all of it is meant, or what is picked. */
export function FoundList({ list, picks, toggle, like }: Props) {
  const { t } = useTranslation("oversee");
  const box = useRef<HTMLUListElement>(null);
  useWalk(box, toggle);
  const items = list.data?.pages.flatMap((page) => page.results) ?? [];
  if (list.error) {
    const known = isProblem(list.error) && AT_FIELD.includes(list.error.code);
    return known ? null : <Trouble error={list.error} retry={() => void list.refetch()} />;
  }
  if (list.isPending) return <Loading lines={6} />;
  if (items.length === 0) return <Empty title={t("bulk.nothing")}>{t("bulk.nothingHelp")}</Empty>;
  return (
    <>
      <ul ref={box} className={styles["found"]} aria-label={t("bulk.found")} aria-busy={list.isFetching}>
        {items.map((item) => (
          <li key={item.id}>
            <One item={item} picked={picks.has(item.id)} toggle={toggle} like={like} />
          </li>
        ))}
      </ul>
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

interface OneProps extends Pick<Props, "toggle" | "like"> {
  item: Found;
  picked: boolean;
}

const EXCERPT = 400;

function One({ item, picked, toggle, like }: OneProps) {
  const { t } = useTranslation("oversee");
  const text = item.text ?? "";
  return (
    <article className={styles["one"]} data-picked={picked || undefined}>
      <label className={styles["pick"]}>
        <input type="checkbox" value={item.id} checked={picked} onChange={() => toggle(item.id)} />
        <span className="visually-hidden">{t("bulk.pick", { text: text.slice(0, 60) })}</span>
      </label>
      <div>
        <p className={styles["facts"]}>
          <RoleMark role={item.role} size={18} />
          {item.author && (
            <Link to={`/moderate/people/${item.author.id}`}>
              <bdi>{item.author.display_name || t("people.nameless")}</bdi>
            </Link>
          )}
          <span>
            <LanguageName tag={item.lang} />
          </span>
          <Ago at={item.created_date} />
          {item.deleted && <strong>{t("bulk.isDeleted")}</strong>}
          {item.review_result === false && <span>{t("bulk.results.false")}</span>}
        </p>
        <p className={styles["text"]} lang={item.lang} dir="auto">
          {text.slice(0, EXCERPT)}
          {text.length > EXCERPT && "…"}
        </p>
        <p className={styles["links"]}>
          <Link to={`/trees/${item.tree_id}?message=${item.id}`} target="_blank" rel="noopener">
            {t("bulk.open")}
          </Link>
          <button type="button" onClick={() => like(item.id)}>
            {t("bulk.moreLike")}
          </button>
        </p>
      </div>
    </article>
  );
}

/** J and K go from one to the next, X picks it or leaves it out. */
function useWalk(box: React.RefObject<HTMLElement | null>, toggle: (id: string) => void): void {
  const { t } = useTranslation("oversee");
  const boxes = () => [...(box.current?.querySelectorAll<HTMLInputElement>("[type=checkbox]") ?? [])];
  const here = (all: HTMLInputElement[]) =>
    all.findIndex((one) => one.closest("li")?.contains(document.activeElement));
  const step = (by: number) => () => {
    const all = boxes();
    const at = here(all);
    all[at < 0 ? 0 : Math.min(Math.max(at + by, 0), all.length - 1)]?.focus();
  };
  useHotkeys([
    { keys: "j", label: t("keyNext"), run: step(1) },
    { keys: "k", label: t("keyPrevious"), run: step(-1) },
    {
      keys: "x",
      label: t("bulk.keyPick"),
      run: () => {
        const all = boxes();
        const id = all[here(all)]?.value;
        if (id) toggle(id);
      },
    },
  ]);
}
