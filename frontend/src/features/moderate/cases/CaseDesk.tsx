import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { useMe } from "@/api/me";
import { isProblem } from "@/api/problems";
import { DecisionDialog } from "@/components/decision/DecisionDialog";
import { Empty, Loading, Trouble } from "@/components/States";
import { useHotkeys, type Hotkey } from "@/lib/hotkeys";
import { forget } from "@/lib/storage";
import { CaseSheet } from "./CaseSheet";
import { DecideDialog } from "./DecideDialog";
import { useCase } from "./queries";
import type { Case, Verb } from "./types";
import type { useDesk } from "./useDesk";
import { useHold } from "./useHold";
import { KEYS, offered } from "./verbs";

type Desk = ReturnType<typeof useDesk>;

/** What may be done with the case one is at. */
export interface Hands {
  one: Case | undefined;
  choose: ((verb: Verb) => void) | null;
  /** Give it back and go to the next one. */
  skip: (() => void) | null;
}

/** Whether a case is open still, in one's own hands, and whether one may decide it now. */
export function standingOf(one: Case | undefined) {
  if (!one || one.closed_at !== null) return { held: false, untaken: false, may: false };
  const untaken = !one.mine && one.claimed_by === null;
  return { held: one.mine, untaken, may: (one.mine || untaken) && one.verbs.length > 0 };
}

/** The case somebody is at, as far as it is known, and what they may do with it. */
export function useHands(desk: Desk, id: string, take: boolean) {
  const found = useCase(id);
  const one = found.data;
  // What is being decided belongs to its case: when the next one comes, nothing of it is being decided yet.
  const [chosen, setChosen] = useState<{ id: string; verb: Verb } | null>(null);
  const verb = chosen?.id === id ? chosen.verb : null;
  const choose = (next: Verb | null) =>
    setChosen((now) => (next ? { id, verb: next } : now?.id === id ? null : now));
  const [undone, askUndo] = useState<string | null>(null);
  const { held, untaken, may } = standingOf(one);
  const { mutate: claim } = desk.claim;
  useTaking(take && untaken && !desk.decides(id) ? id : null, claim);
  useHold(held ? id : null, (still) => claim({ id: still, quietly: true }));

  const begin = (next: Verb) => {
    if (untaken) claim({ id });
    desk.decide.reset();
    choose(next);
  };
  const hands: Hands = {
    one,
    choose: may ? begin : null,
    skip: take && one ? () => desk.skip(one) : null,
  };
  return { found, hands, verb, choose, undone, askUndo };
}

/** Whoever opens a case from the queue has it in hand; who follows a link, when they begin to decide. */
function useTaking(id: string | null, claim: Desk["claim"]["mutate"]): void {
  useEffect(() => {
    if (id !== null) claim({ id });
  }, [id, claim]);
}

type Held = ReturnType<typeof useHands>;

/** The keys that work at a case. */
export function useCaseKeys({ one, choose, skip }: Hands, desk: Desk, back: (() => void) | null): void {
  const { t } = useTranslation("moderate");
  const open = () => document.querySelector<HTMLAnchorElement>("[data-open]")?.click();
  const only = (act: (() => void) | null | false | undefined, keys: string, label: string): Hotkey[] =>
    act ? [{ keys, label, run: act }] : [];
  useHotkeys([
    ...(choose && one ? offered(one.verbs) : []).map((verb) => ({
      keys: KEYS[verb],
      label: t(`cases.verb.${verb}`),
      run: () => choose?.(verb),
    })),
    ...only(skip, "n", t("cases.skip")),
    ...only(one && open, "o", t(one?.message ? "open" : "cases.profile")),
    ...only(back, "Escape", t("cases.back")),
    ...only(desk.undoLast, "u", t("undo")),
    ...only(desk.undoLast, "z", t("undo")),
  ]);
}

/** The case itself, and the dialogs of its decisions. */
export function CaseDesk({ held, desk }: { held: Held; desk: Desk }) {
  const { t } = useTranslation("moderate");
  const { data: me } = useMe();
  const { found, hands, verb, choose, undone, askUndo } = held;
  const { one } = hands;
  if (found.error && !one) return <NotThere error={found.error} again={() => void found.refetch()} />;
  if (!one) return <Loading lines={8} />;
  const keptAs = `oa.why.${me?.id ?? ""}.${one.id}.${verb ?? ""}`;
  const close = () => choose(null);
  return (
    <>
      <CaseSheet key={one.id} one={one} onUndo={askUndo} />
      <DecideDialog
        one={one}
        verb={verb}
        keptAs={keptAs}
        onClose={close}
        busy={desk.decide.isPending}
        error={desk.decide.error}
        onDecide={(sent) =>
          desk.decide.mutate(
            { one, sent },
            {
              onSuccess: () => {
                forget(keptAs);
                forget(`${keptAs}.text`);
                close();
              },
              onError: (error) => {
                if (desk.lost(error, one.id)) close();
              },
            },
          )
        }
      />
      <DecisionDialog
        open={undone !== null}
        onClose={() => askUndo(null)}
        title={t("log.undoTitle")}
        lead={t("log.undoLead")}
        go={t("log.undoGo")}
        wordless
        busy={desk.undo.isPending}
        error={desk.undo.error}
        onDecide={({ why }) =>
          desk.undo.mutate({ decision: undone ?? "", case: one.id, why }, { onSuccess: () => askUndo(null) })
        }
      />
    </>
  );
}

function NotThere({ error, again }: { error: unknown; again: () => void }) {
  if (isProblem(error) && error.status === 404) return <Empty title={error.detail} />;
  return <Trouble error={error} retry={again} />;
}
