import { useQuery } from "@tanstack/react-query";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { api, data } from "@/api/client";
import { TextField } from "@/components/Field";
import { Icon } from "@/components/Icon";
import { PEOPLE } from "../keys";
import styles from "./bulk.module.css";

interface Props {
  id: string;
  choose: (id: string) => void;
}

function usePeopleLike(search: string) {
  return useQuery({
    queryKey: [...PEOPLE, "like", search],
    enabled: search.length > 1,
    queryFn: ({ signal }) =>
      data(api.GET("/api/v1/moderation/people", { params: { query: { search } }, signal })),
  });
}

/** Whose messages: somebody found by name, or nobody in particular. */
export function PersonChoice({ id, choose }: Props) {
  const { t } = useTranslation("oversee");
  return id ? (
    <Chosen key={id} id={id} choose={choose} />
  ) : (
    <Looking label={t("bulk.person")} choose={choose} />
  );
}

function Chosen({ id, choose }: Props) {
  const { t } = useTranslation("oversee");
  const { data } = usePeopleLike(id);
  const name = data?.results[0]?.display_name || (data ? t("people.nameless") : "…");
  return (
    <p className={styles["chosen"]}>
      <span>{t("bulk.person")}</span>
      <button type="button" aria-label={t("bulk.without", { name })} onClick={() => choose("")}>
        <bdi>{name}</bdi>
        <Icon name="close" size={16} />
      </button>
    </p>
  );
}

// More names than that say: write more of it.
const SHOWN = 6;

function Looking({ label, choose }: { label: string; choose: (id: string) => void }) {
  const { t } = useTranslation("oversee");
  const [typed, setTyped] = useState("");
  const list = useId();
  const search = typed.trim();
  const { data } = usePeopleLike(search);
  const found = search.length > 1 ? data?.results.slice(0, SHOWN) : undefined;
  return (
    <div className={styles["person"]}>
      <TextField
        type="search"
        label={label}
        placeholder={t("people.searchHint")}
        value={typed}
        aria-controls={list}
        onChange={(event) => setTyped(event.target.value)}
        onKeyDown={(event) => {
          // Enter takes the only one there is; it does not hand in the form.
          if (event.key !== "Enter" || !search) return;
          event.preventDefault();
          if (found?.length === 1) choose(found[0]!.id);
        }}
      />
      <ul id={list} className={styles["names"]}>
        {found?.map((person) => (
          <li key={person.id}>
            <button type="button" onClick={() => choose(person.id)}>
              <bdi>{person.display_name || t("people.nameless")}</bdi>
              {person.email && <span className="soft small">{person.email}</span>}
            </button>
          </li>
        ))}
      </ul>
      {found?.length === 0 && <p className="soft small">{t("people.notFound")}</p>}
    </div>
  );
}
