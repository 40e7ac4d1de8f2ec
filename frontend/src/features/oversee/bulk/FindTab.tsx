import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "@/components/Button";
import { useHotkeys } from "@/lib/hotkeys";
import { useAddress } from "../useAddress";
import styles from "./bulk.module.css";
import { DecideDialog } from "./DecideDialog";
import { FoundList } from "./FoundList";
import { SelectionForm } from "./SelectionForm";
import { asksNothing, EVERYTHING, toggled, type Picks, type Selection } from "./selection";
import { useFound } from "./useBulk";

const NONE: Picks = new Set();

/** Say which messages are meant, look at them, and decide about all or some. */
export function FindTab() {
  const { t } = useTranslation("oversee");
  const [selection, change] = useAddress(EVERYTHING);
  // What was picked by hand was picked of what was found then.
  const asked = JSON.stringify(selection);
  const [picked, setPicked] = useState({ asked, picks: NONE });
  const picks = picked.asked === asked ? picked.picks : NONE;
  const pick = (now: Picks) => setPicked({ asked, picks: now });
  const [deciding, setDeciding] = useState(false);
  const list = useFound(selection);
  const any = (list.data?.pages[0]?.results.length ?? 0) > 0;
  // Filled in anew whenever the address says something else than what was handed in.
  const [form, setForm] = useState({ asked, handed: "", key: 0 });
  if (form.asked !== asked) {
    setForm({ asked, handed: "", key: form.handed === asked ? form.key : form.key + 1 });
  }
  const start = (next: Partial<Selection>) => change({ ...EVERYTHING, ...next });

  useHotkeys(any ? [{ keys: "p", label: t("bulk.decide"), run: () => setDeciding(true) }] : []);

  return (
    <>
      <SelectionForm
        key={form.key}
        selection={selection}
        change={change}
        hand={(next) => {
          setForm({ ...form, handed: JSON.stringify(next) });
          change(next);
        }}
        error={list.error}
        busy={list.isFetching && !list.isFetchingNextPage}
      />
      {asksNothing(selection) ? (
        <p className="soft">{t("bulk.sayWhich")}</p>
      ) : (
        <div className={styles["results"]}>
          <FoundList
            list={list}
            picks={picks}
            toggle={(id) => pick(toggled(picks, id))}
            like={(id) => start({ like: id })}
          />
          {any && <Bar picks={picks} unpick={() => pick(NONE)} decide={() => setDeciding(true)} />}
        </div>
      )}
      <DecideDialog open={deciding} onClose={() => setDeciding(false)} selection={selection} picks={picks} />
    </>
  );
}

interface BarProps {
  picks: Picks;
  unpick: () => void;
  decide: () => void;
}

/** What is meant now, and the way on; in reach while one looks through the list. */
function Bar({ picks, unpick, decide }: BarProps) {
  const { t } = useTranslation("oversee");
  return (
    <div className={styles["bar"]}>
      <p aria-live="polite">
        {picks.size > 0 ? t("bulk.picked", { count: picks.size }) : t("bulk.allFound")}
      </p>
      {picks.size > 0 && (
        <Button look="bare" onClick={unpick}>
          {t("bulk.unpick")}
        </Button>
      )}
      <Button look="primary" aria-keyshortcuts="p" onClick={decide}>
        {t("bulk.decide")}
      </Button>
    </div>
  );
}
