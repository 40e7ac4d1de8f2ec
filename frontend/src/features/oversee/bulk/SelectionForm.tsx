import { useRef } from "react";
import { useTranslation } from "react-i18next";
import { isProblem } from "@/api/problems";
import { Button } from "@/components/Button";
import { CheckBox, Select, TextField } from "@/components/Field";
import { useHotkeys } from "@/lib/hotkeys";
import { COMMON_LANGUAGES, languageName } from "@/lib/languages";
import { Fold } from "../Fold";
import styles from "./bulk.module.css";
import { LikeChoice } from "./LikeChoice";
import { PersonChoice } from "./PersonChoice";
import { EVERYTHING, fromForm, RESULTS, ROLES, STATES, type Selection } from "./selection";

/** What stands behind a press. */
const REST = ["lang", "role", "state", "review_result", "deleted", "since", "until"] as const;

interface Props {
  selection: Selection;
  change: (part: Partial<Selection>) => void;
  /** The whole of it, when the form is handed in. */
  hand: (selection: Selection) => void;
  error: unknown;
  busy: boolean;
}

/** What messages have in common. Nothing is looked for before it is handed in: a pattern half written finds too much. */
export function SelectionForm({ selection, change, hand, error, busy }: Props) {
  const { t } = useTranslation("oversee");
  const form = useRef<HTMLFormElement>(null);
  useHotkeys([
    {
      keys: "/",
      label: t("bulk.text"),
      run: () => form.current?.querySelector<HTMLInputElement>("[name=text]")?.focus(),
    },
  ]);
  return (
    <search>
      <form
        ref={form}
        className={styles["form"]}
        onSubmit={(event) => {
          event.preventDefault();
          hand(fromForm(new FormData(event.currentTarget), selection));
        }}
      >
        <TextField
          name="text"
          type="search"
          label={t("bulk.text")}
          hint={t("bulk.textHint")}
          defaultValue={selection.text}
          maxLength={200}
          error={said(error, ["nothing_to_search_for"])}
        />
        <div className={styles["pattern"]}>
          <TextField
            name="regex"
            label={t("bulk.regex")}
            hint={t("bulk.regexHint")}
            dir="ltr"
            spellCheck={false}
            autoCapitalize="none"
            className="mono"
            defaultValue={selection.regex}
            maxLength={500}
            error={said(error, ["bad_regex", "regex_too_slow"])}
          />
          <CheckBox
            name="match_case"
            label={t("bulk.matchCase")}
            defaultChecked={selection.match_case !== ""}
          />
        </div>
        <PersonChoice id={selection.person} choose={(person) => change({ person })} />
        {selection.like && <LikeChoice id={selection.like} clear={() => change({ like: "" })} />}
        <div className={styles["rest"]}>
          <Fold title={t("bulk.rest")} begun={REST.some((name) => selection[name] !== "")}>
            <Choices selection={selection} />
          </Fold>
        </div>
        <div className={styles["ways"]}>
          <Button onClick={() => change(EVERYTHING)}>{t("bulk.clear")}</Button>
          <Button look="primary" type="submit" icon="search" busy={busy}>
            {t("bulk.look")}
          </Button>
        </div>
      </form>
    </search>
  );
}

/** What the server says of a field, if that is what was wrong. */
function said(error: unknown, codes: readonly string[]): string | undefined {
  if (!isProblem(error) || !codes.includes(error.code)) return undefined;
  return [error.detail, error.remedy].filter(Boolean).join(" ");
}

function Choices({ selection }: { selection: Selection }) {
  const { t, i18n } = useTranslation("oversee");
  const languages = [...new Set([...COMMON_LANGUAGES, selection.lang].filter(Boolean))]
    .map((tag) => [tag, languageName(tag, i18n.language)] as const)
    .sort(([, one], [, other]) => one.localeCompare(other, i18n.language));
  const named = (values: readonly string[], words: (value: string) => string) =>
    values.map((value) => [value, words(value)] as const);
  const choices = [
    ["lang", t("bulk.lang"), languages],
    ["role", t("bulk.role"), named(ROLES, (role) => t(`common:role.${role}`))],
    ["state", t("bulk.state"), named(STATES, (state) => t(`common:state.${state}`))],
    ["review_result", t("bulk.result"), named(RESULTS, (one) => t(`bulk.results.${one}`))],
    ["deleted", t("bulk.deleted"), named(["false", "true"], (one) => t(`bulk.deletedOnes.${one}`))],
  ] as const;
  return (
    <div className={styles["choices"]}>
      {choices.map(([name, label, values]) => (
        <Select key={name} name={name} label={label} defaultValue={selection[name]}>
          <option value="">{t("common:any")}</option>
          {values.map(([value, words]) => (
            <option key={value} value={value}>
              {words}
            </option>
          ))}
        </Select>
      ))}
      <TextField name="since" type="date" label={t("bulk.since")} defaultValue={selection.since} />
      <TextField name="until" type="date" label={t("bulk.until")} defaultValue={selection.until} />
    </div>
  );
}
