import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "@/components/Button";
import { Dialog } from "@/components/Dialog";
import { TaskBar } from "@/components/task/TaskBar";
import { Key } from "@/components/Words";
import { useHotkeys } from "@/lib/hotkeys";
import styles from "./cases.module.css";
import type { Case, Verb } from "./types";
import { GRAVE, grouped, KEYS } from "./verbs";

interface Props {
  one: Case;
  /** Null where nothing may be decided here now. */
  choose: ((verb: Verb) => void) | null;
  skip: (() => void) | null;
  undo: (() => void) | null;
  busy: boolean;
}

/** What can be decided, each with its key; on a phone the two usual ones, and the rest behind a press. */
export function VerbBar({ one, choose, skip, undo, busy }: Props) {
  const { t } = useTranslation("moderate");
  const [all, setAll] = useState(false);
  const [about, people] = grouped(one);
  const verbs = choose ? [...about, ...people] : [];
  const [first, second, ...rest] = verbs;
  useHotkeys(rest.length > 0 ? [{ keys: ".", label: t("cases.all"), run: () => setAll(true) }] : []);
  return (
    <>
      <TaskBar
        tools={
          <>
            <Button
              className={styles["undo"]}
              look="bare"
              icon="undo"
              aria-label={t("undo")}
              disabled={!undo}
              onClick={undo ?? undefined}
            />
            {skip && (
              <Button
                look="bare"
                icon="skip"
                mirrored
                aria-label={t("cases.skip")}
                title={t("cases.skip")}
                aria-keyshortcuts="n"
                busy={busy}
                onClick={skip}
              >
                <span className={styles["key"]} aria-hidden="true">
                  <Key>n</Key>
                </span>
              </Button>
            )}
          </>
        }
      >
        <div className={styles["bar"]}>
          {rest.length > 0 && (
            <>
              <div className={styles["rest"]}>
                {rest.toReversed().map((verb) => (
                  <VerbButton key={verb} verb={verb} choose={choose} />
                ))}
              </div>
              <Button
                className={styles["all"]}
                icon="more"
                aria-label={t("cases.all")}
                aria-haspopup="dialog"
                onClick={() => setAll(true)}
              />
            </>
          )}
          {second && <VerbButton verb={second} choose={choose} />}
          {first && <VerbButton verb={first} choose={choose} primary />}
        </div>
      </TaskBar>
      <Dialog open={all} onClose={() => setAll(false)} title={t("cases.all")}>
        <ul className={styles["verbs"]}>
          {verbs.map((verb) => (
            <li key={verb}>
              <VerbButton
                verb={verb}
                begins={verb === first}
                choose={(chosen) => {
                  setAll(false);
                  choose?.(chosen);
                }}
              />
            </li>
          ))}
          {undo && (
            <li>
              <Button
                look="bare"
                icon="undo"
                onClick={() => {
                  setAll(false);
                  undo();
                }}
              >
                {t("undo")}
              </Button>
            </li>
          )}
        </ul>
      </Dialog>
    </>
  );
}

interface VerbProps {
  verb: Verb;
  choose: Props["choose"];
  primary?: boolean;
  /** It has the focus when the dialog opens. */
  begins?: boolean;
}

function VerbButton({ verb, choose, primary = false, begins = false }: VerbProps) {
  const { t } = useTranslation("moderate");
  const look = primary ? (GRAVE.has(verb) ? "danger" : "primary") : "quiet";
  return (
    <Button
      className={styles["verb"]}
      look={look}
      aria-keyshortcuts={KEYS[verb]}
      onClick={() => choose?.(verb)}
      {...(begins && { "data-first": true })}
    >
      {t(`cases.verb.${verb}`)}
      <span className={styles["key"]} aria-hidden="true">
        <Key>{KEYS[verb]}</Key>
      </span>
    </Button>
  );
}
