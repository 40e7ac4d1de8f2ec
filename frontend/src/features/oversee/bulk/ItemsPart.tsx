import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "@/components/Button";
import { Select } from "@/components/Field";
import { Card } from "@/components/Page";
import { Loading, Trouble } from "@/components/States";
import { Fold } from "../Fold";
import { Samples } from "../Samples";
import type { Batch, Item, ItemState } from "../types";
import styles from "./bulk.module.css";
import { useItems } from "./useBulk";

const STATES = ["refused", "done", "waiting", "undone", "stands"] as const;

/** The messages of a batch, and what became of each; asked for when somebody wants to see them. */
export function ItemsPart({ batch }: { batch: Batch }) {
  const { t } = useTranslation("oversee");
  return (
    <Card className={styles["card"]}>
      <Fold title={t("batch.items")}>
        <Items batch={batch} />
      </Fold>
    </Card>
  );
}

function Items({ batch }: { batch: Batch }) {
  const { t } = useTranslation("oversee");
  const [of, setOf] = useState<ItemState | "">("");
  const list = useItems(batch.id, of);
  const items = list.data?.pages.flatMap((page) => page.results) ?? [];
  return (
    <div className={styles["items"]}>
      <Select
        label={t("batch.which")}
        value={of}
        onChange={(event) => setOf(event.target.value as ItemState | "")}
      >
        <option value="">{t("common:all")}</option>
        {STATES.map((state) => (
          <option key={state} value={state}>
            {t(`batch.item.${state}`)}
          </option>
        ))}
      </Select>
      {list.isPending && <Loading lines={4} />}
      {list.error && <Trouble error={list.error} retry={() => void list.refetch()} />}
      {list.data && items.length === 0 && <p className="soft">{t("batch.noItems")}</p>}
      <ul>
        {items.map((item) => (
          <li key={item.id} className={styles["item"]}>
            <Row item={item} />
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
    </div>
  );
}

function Row({ item: { message, state, problem_text } }: { item: Item }) {
  const { t } = useTranslation("oversee");
  return (
    <>
      <Samples samples={[message]} />
      <span className="soft small">
        {[t(`batch.item.${state}`), problem_text].filter(Boolean).join(": ")}
      </span>
    </>
  );
}
