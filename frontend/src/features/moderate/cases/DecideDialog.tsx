import { useState } from "react";
import { useTranslation } from "react-i18next";
import { DecisionDialog, type Settled } from "@/components/decision/DecisionDialog";
import { Select, TextArea } from "@/components/Field";
import { COMMON_LANGUAGES } from "@/lib/languages";
import { keep, recall } from "@/lib/storage";
import type { Case, Verb } from "./types";
import type { Sent } from "./useDesk";
import { useNames } from "./useNames";
import { GRAVE, likely, REASONS } from "./verbs";

interface Props {
  one: Case;
  /** What is to be decided; null while nothing is. */
  verb: Verb | null;
  /** Where what is typed is kept until it is decided. */
  keptAs: string;
  onClose: () => void;
  onDecide: (sent: Sent) => void;
  busy: boolean;
  error: unknown;
}

/** The last step of a decision: why, and what else it takes. */
export function DecideDialog(props: Props) {
  // Every decision begins with what belongs to it.
  return props.verb ? <Asked key={`${props.one.id} ${props.verb}`} {...props} verb={props.verb} /> : null;
}

function Asked({ one, verb, keptAs, onClose, onDecide, busy, error }: Props & { verb: Verb }) {
  const { t } = useTranslation("moderate");
  const name = one.author?.display_name ?? one.person?.display_name ?? "";
  const [text, setText] = useState(() => recall<string>(`${keptAs}.text`) ?? one.message?.text ?? "");
  const [lang, setLang] = useState("");
  const send = ({ reason, why, until }: Settled) =>
    onDecide({ verb, reason, why, until, text: verb === "edit" ? text : "", lang });
  const first = likely(verb, one);
  return (
    <DecisionDialog
      open
      onClose={onClose}
      onDecide={send}
      busy={busy}
      error={error}
      keptAs={keptAs}
      title={t(`cases.ask.${verb}.title`, { name })}
      lead={t(`cases.ask.${verb}.lead`, { name })}
      go={t(`cases.ask.${verb}.go`)}
      danger={GRAVE.has(verb)}
      reasons={REASONS[verb]}
      {...(first && { first })}
      wordless={verb === "confirm_purge"}
      {...((verb === "mute" || verb === "ban") && { until: { forGood: verb === "ban" } })}
      {...(verb === "edit" && {
        more: (
          <TextArea
            label={t("cases.newText")}
            rows={8}
            required
            lang={one.message?.lang}
            value={text}
            onChange={(event) => {
              setText(event.target.value);
              keep(`${keptAs}.text`, event.target.value);
            }}
            data-first
          />
        ),
      })}
      {...(verb === "move" && { more: <Languages one={one} lang={lang} onLang={setLang} /> })}
    />
  );
}

function Languages({ one, lang, onLang }: { one: Case; lang: string; onLang: (lang: string) => void }) {
  const { t, i18n } = useTranslation("moderate");
  const { languageOf } = useNames();
  const seems = one.message?.opinion?.language ?? "";
  const now = one.message?.lang ?? one.lang;
  const tags = [...new Set([seems, ...COMMON_LANGUAGES])].filter((tag) => tag !== "" && tag !== now);
  const named = tags
    .map((tag) => ({ tag, name: languageOf(tag) }))
    .sort((one, other) => one.name.localeCompare(other.name, i18n.language));
  return (
    <Select
      label={t("cases.newLanguage")}
      hint={seems && seems !== now ? t("cases.seems", { language: languageOf(seems) }) : undefined}
      required
      value={lang}
      onChange={(event) => onLang(event.target.value)}
      data-first
    >
      <option value="" disabled>
        {t("cases.chooseLanguage")}
      </option>
      {named.map(({ tag, name }) => (
        <option key={tag} value={tag}>
          {name}
        </option>
      ))}
    </Select>
  );
}
