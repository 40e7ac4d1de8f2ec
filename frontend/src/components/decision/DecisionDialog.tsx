import { useId, useState, type KeyboardEvent, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { serverNow } from "@/lib/clock";
import { keep, recall } from "@/lib/storage";
import { Button } from "../Button";
import { Dialog } from "../Dialog";
import { TextArea } from "../Field";
import { Trouble } from "../States";
import { Key } from "../Words";
import styles from "./decision.module.css";
import { keyOf, reasonAt, type Reason } from "./reasons";
import { endOf, type Length } from "./until";
import { UntilField } from "./UntilField";

/** What a moderator has settled in the dialog. */
export interface Settled {
  /** "" where no reasons were offered. */
  reason: Reason | "";
  /** Their own words; "" where they added none to the reason, which everybody reads in their own language. */
  why: string;
  /** ISO; null for good, and where nothing was asked. */
  until: string | null;
}

export interface Asking {
  title: ReactNode;
  /** What it does, in a sentence or two. */
  lead?: ReactNode;
  /** The verb on the button. */
  go: string;
  danger?: boolean;
  /** None: only words are asked for. */
  reasons?: readonly Reason[];
  /** The reason chosen at the beginning; else the first. */
  first?: Reason;
  /** Words are needed whatever the reason is. They always are for "other", and where no reasons are offered. */
  wordsNeeded?: boolean;
  /** Nothing has to be said at all. */
  wordless?: boolean;
  /** Ask until when; `forGood`: it may have no end. */
  until?: { forGood: boolean; first?: Length };
  /** Under this name what is typed is kept in this browser; whoever sends it drops it when it has arrived. */
  keptAs?: string;
  /** Further fields, above the reasons. */
  more?: ReactNode;
}

interface Props extends Asking {
  open: boolean;
  onClose: () => void;
  onDecide: (settled: Settled) => void;
  /** It is being sent. The dialog stays until the caller closes it. */
  busy?: boolean;
  error?: unknown;
}

/**
 * A decision before it is made: why, in a code and in words, and until when. 1 to 9 and 0 choose a reason, Enter
 * decides, Escape leaves it. What is settled is handed over; sending it is the caller's.
 */
export function DecisionDialog({ open, ...rest }: Props) {
  return (
    <Dialog open={open} onClose={rest.onClose} title={rest.title}>
      {open && <Form {...rest} />}
    </Dialog>
  );
}

const MOST = 900;
const NONE: readonly Reason[] = [];

/** What has been filled in so far, and the decision that it makes; null while something is missing. */
function useSettling({ reasons = NONE, first, until, wordsNeeded, wordless, keptAs }: Asking) {
  const [picked, setReason] = useState<Reason | "">(first ?? "");
  // What is offered may change with what is decided.
  const reason: Reason | "" = picked && reasons.includes(picked) ? picked : (reasons[0] ?? "");
  const [words, setWords] = useState(() => (keptAs && recall<string>(keptAs)) || "");
  const [end, setEnd] = useState<{ length: Length; day: string }>({ length: until?.first ?? 7, day: "" });
  const needed = !wordless && (wordsNeeded || reason === "other" || reasons.length === 0);
  const settled = (): Settled | null => {
    const said = words.trim();
    const at = until ? endOf(end.length, end.day, serverNow()) : null;
    if (at === undefined || (needed && !said)) return null;
    return { reason, why: said, until: at };
  };
  const write = (said: string) => {
    setWords(said);
    if (keptAs) keep(keptAs, said);
  };
  return { reason, setReason, words, write, end, setEnd, needed, settled };
}

function Form(props: Omit<Props, "open">) {
  const { reasons = NONE, until, more, busy = false, onDecide } = props;
  const { t } = useTranslation();
  const now = useSettling(props);
  return (
    // The keys choose what can be chosen by itself, too.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- the keys belong to the form in it, which has no role that takes any
    <form
      className={styles["form"]}
      onKeyDown={(event) => byKey(event, reasons, now.setReason)}
      onSubmit={(event) => {
        event.preventDefault();
        const settled = now.settled();
        if (settled && !busy) onDecide(settled);
      }}
    >
      {props.lead && <div className="soft">{props.lead}</div>}
      {more}
      {until && (
        <UntilField
          {...now.end}
          forGood={until.forGood}
          change={(part) => now.setEnd({ ...now.end, ...part })}
        />
      )}
      {reasons.length > 0 && <Reasons offered={reasons} chosen={now.reason} choose={now.setReason} />}
      <TextArea
        label={t(now.needed ? "decision.whyNeeded" : "decision.why")}
        rows={2}
        maxLength={MOST}
        required={now.needed}
        value={now.words}
        onChange={(event) => now.write(event.target.value)}
        {...(reasons.length === 0 && !more && { "data-first": true })}
      />
      <Foot {...props} />
    </form>
  );
}

function Foot({ error, onClose, danger = false, busy = false, go }: Omit<Props, "open">) {
  const { t } = useTranslation();
  return (
    <>
      {error ? <Trouble error={error} /> : null}
      <div className={styles["ways"]}>
        <Button onClick={onClose}>{t("cancel")}</Button>
        <Button look={danger ? "danger" : "primary"} type="submit" busy={busy}>
          {go}
        </Button>
      </div>
    </>
  );
}

function byKey(
  event: KeyboardEvent<HTMLFormElement>,
  reasons: readonly Reason[],
  choose: (reason: Reason) => void,
): void {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    return event.currentTarget.requestSubmit();
  }
  const found = isText(event.target) || isChord(event) ? undefined : reasonAt(event.key, reasons);
  if (!found) return;
  event.preventDefault();
  choose(found);
  event.currentTarget.querySelector<HTMLElement>(`[value="${found}"]`)?.focus();
}

interface ReasonsProps {
  offered: readonly Reason[];
  chosen: Reason | "";
  choose: (reason: Reason) => void;
}

function Reasons({ offered, chosen, choose }: ReasonsProps) {
  const { t } = useTranslation();
  const name = useId();
  return (
    <fieldset className={styles["reasons"]}>
      <legend>{t("decision.reason")}</legend>
      {offered.map((one) => {
        const key = keyOf(one, offered);
        return (
          <label key={one}>
            <input
              type="radio"
              name={name}
              value={one}
              checked={one === chosen}
              onChange={() => choose(one)}
              aria-keyshortcuts={key ?? undefined}
              {...(one === chosen && { "data-first": true })}
            />
            <span>{t(`decision.reasons.${one}`)}</span>
            {key && (
              <span className={styles["key"]} aria-hidden="true">
                <Key>{key}</Key>
              </span>
            )}
          </label>
        );
      })}
    </fieldset>
  );
}

function isChord(event: KeyboardEvent): boolean {
  return event.ctrlKey || event.metaKey || event.altKey;
}

/** Digits belong to whoever writes. */
function isText(target: EventTarget): boolean {
  if (target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement) return true;
  return target instanceof HTMLInputElement && !["radio", "checkbox"].includes(target.type);
}
