import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "@/components/Button";
import { Dialog } from "@/components/Dialog";
import { CheckBox } from "@/components/Field";
import { Note, Trouble } from "@/components/States";
import { Columns } from "@/components/task/Columns";
import { GuidelineHint } from "@/components/task/Guideline";
import { Scene } from "@/components/task/Scene";
import { TaskBar } from "@/components/task/TaskBar";
import { TaskSheet } from "@/components/task/TaskSheet";
import type { TaskScreenProps } from "@/components/task/types";
import { Compare } from "./Compare";
import { answerOf, letterOf, shown, standOf, type Move, type Ranking } from "./ranking";
import styles from "./rank.module.css";
import { ReplyList } from "./ReplyList";
import { useRanking } from "./useRanking";
import { useRankKeys } from "./useRankKeys";
import { listOf } from "./words";

/** Replies to put in order: what they answer on one side, the replies on the other. */
export default function RankScreen({ task, draft, submit, busy, problem, tools }: TaskScreenProps) {
  const { t, i18n } = useTranslation(["rank", "common"]);
  const given = useMemo(() => task.replies ?? [], [task.replies]);
  const replies = useMemo(
    () => new Map(given.map(({ id, text }, place) => [id, { letter: letterOf(place), text }])),
    [given],
  );
  const { ranking, latest, act } = useRanking(
    draft,
    given.map(({ id }) => id),
  );
  const [unfolded, setUnfolded] = useState<ReadonlySet<string>>(new Set());
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [asking, setAsking] = useState(false);
  const [said, setSaid] = useState("");
  const letter = (id: string) => replies.get(id)?.letter ?? "";

  function move(step: Move) {
    const { before, after } = act(step);
    setSaid(words(step, before, after));
  }

  /** What a move has done, for those who don't see it. */
  function words(step: Move, before: Ranking, after: Ranking): string {
    if (step.move === "allWrong") return after.notRankable ? t("said.allWrong") : t("said.notAllWrong");
    const name = letter(step.id);
    const same = JSON.stringify(before.tiers) === JSON.stringify(after.tiers);
    if (same && (step.move === "up" || step.move === "tie")) return t("said.first", { letter: name });
    if (same && step.move === "down") return t("said.last", { letter: name });
    const { place, of, tiedWith, refused } = standOf(after, step.id);
    if (refused) return t("said.refused", { letter: name });
    if (tiedWith.length === 0) return t("said.place", { letter: name, place, of });
    return t("said.tied", { letter: name, place, of, others: listOf(tiedWith.map(letter), i18n.language) });
  }

  function compare(id: string) {
    const next = chosen.includes(id) ? chosen.filter((one) => one !== id) : [...chosen, id].slice(-2);
    setChosen(next);
    if (next.length === 1) setSaid(t("compareHint", { letter: letter(next[0]!) }));
  }

  function toggle(id: string) {
    setUnfolded((open) =>
      open.has(id) ? new Set([...open].filter((one) => one !== id)) : new Set([...open, id]),
    );
  }
  const allOpen = unfolded.size === given.length;
  const foldAll = () => setUnfolded(allOpen ? new Set() : new Set(given.map(({ id }) => id)));

  function hand() {
    setAsking(false);
    submit(answerOf(latest.current));
  }
  function send() {
    if (busy) return;
    if (latest.current.touched || latest.current.notRankable) hand();
    else setAsking(true);
  }

  useRankKeys({ ranking, act: move, compare, foldAll, say: setSaid, send });
  const pair = shown(ranking)
    .filter((id) => chosen.includes(id))
    .map((id) => ({ id, letter: letter(id), text: replies.get(id)?.text ?? "" }));
  const [first, second] = pair;

  return (
    <TaskSheet
      of={task.id}
      wide
      title={t(`common:kind.${task.kind}`)}
      bar={
        <TaskBar tools={tools}>
          <Button look="primary" busy={busy} onClick={send}>
            {t("send")}
          </Button>
        </TaskBar>
      }
    >
      {problem && <Trouble error={problem} />}
      <Columns
        wider="second"
        first={
          <>
            <GuidelineHint kind={task.kind} />
            <Scene turns={task.conversation} />
          </>
        }
        second={
          <section className={styles["ranking"]} aria-label={t("list")}>
            <div className={styles["listHead"]}>
              <h2>{t("best")}</h2>
              <Button look="bare" icon={allOpen ? "up" : "down"} onClick={foldAll}>
                {allOpen ? t("foldAll") : t("unfoldAll")}
              </Button>
            </div>
            <p className="soft small">
              {t("howTo")} <span className={styles["howToKeys"]}>{t("howToKeys")}</span>
            </p>
            {given.length > 0 && given.every(({ synthetic }) => synthetic) && <Note>{t("synthetic")}</Note>}
            <ReplyList
              ranking={ranking}
              replies={replies}
              lang={task.lang}
              unfolded={unfolded}
              chosen={second ? null : (first?.id ?? null)}
              onMove={move}
              onToggle={toggle}
              onCompare={compare}
            />
            <CheckBox
              label={t("allWrong")}
              hint={t("allWrongHelp")}
              checked={ranking.notRankable}
              onChange={() => move({ move: "allWrong" })}
            />
            <p className="visually-hidden" role="status">
              {said}
            </p>
          </section>
        }
      />
      <Compare
        pair={first && second ? [first, second] : null}
        lang={task.lang}
        onMove={move}
        onClose={() => setChosen([])}
      />
      <Dialog
        open={asking}
        onClose={() => setAsking(false)}
        title={t("untouched.title")}
        actions={
          <>
            <Button onClick={() => setAsking(false)}>{t("untouched.back")}</Button>
            <Button look="primary" onClick={hand}>
              {t("untouched.send")}
            </Button>
          </>
        }
      >
        <p>{t("untouched.text")}</p>
      </Dialog>
    </TaskSheet>
  );
}
