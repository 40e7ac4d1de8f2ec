import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { api, data } from "@/api/client";
import { DecisionDialog, type Settled } from "@/components/decision/DecisionDialog";
import { OF_MESSAGES, OF_NOTHING } from "@/components/decision/reasons";
import { Select } from "@/components/Field";
import { COMMON_LANGUAGES, languageName } from "@/lib/languages";
import { BATCHES } from "../keys";
import type { BatchVerb } from "../types";
import { meant, VERBS, type Picks, type Selection } from "./selection";

interface Props {
  open: boolean;
  onClose: () => void;
  selection: Selection;
  picks: Picks;
}

/** What happens to them and why. Nothing does yet: what it would change is shown first. */
export function DecideDialog({ open, onClose, selection, picks }: Props) {
  const { t, i18n } = useTranslation("oversee");
  const [verb, setVerb] = useState<BatchVerb>("delete");
  const [lang, setLang] = useState("en");
  const navigate = useNavigate();
  const queries = useQueryClient();
  const preview = useMutation({
    mutationFn: ({ reason, why }: Settled) =>
      data(
        api.POST("/api/v1/moderation/batches", {
          body: { verb, selection: meant(selection, picks), reason, why, lang: verb === "move" ? lang : "" },
        }),
      ),
    onSuccess: (batch) => {
      queries.setQueryData([...BATCHES, "one", batch.id], batch);
      void queries.invalidateQueries({ queryKey: [...BATCHES, "list"] });
      return navigate(`/moderate/batches/${batch.id}`);
    },
  });
  const harsh = verb === "delete" || verb === "spam" || verb === "halt";
  return (
    <DecisionDialog
      open={open}
      onClose={() => {
        preview.reset();
        onClose();
      }}
      onDecide={(settled) => preview.mutate(settled)}
      busy={preview.isPending}
      error={preview.error}
      title={picks.size > 0 ? t("bulk.about", { count: picks.size }) : t("bulk.aboutAll")}
      lead={t("bulk.decideLead")}
      go={t("bulk.preview")}
      reasons={harsh || verb === "move" ? OF_MESSAGES : OF_NOTHING}
      more={
        <>
          <Select
            label={t("bulk.verb")}
            value={verb}
            data-first
            onChange={(event) => setVerb(event.target.value as BatchVerb)}
          >
            {VERBS.map((one) => (
              <option key={one} value={one}>
                {t(`bulk.verbs.${one}`)}
              </option>
            ))}
          </Select>
          {verb === "move" && (
            <Select label={t("bulk.toLang")} value={lang} onChange={(event) => setLang(event.target.value)}>
              {COMMON_LANGUAGES.map((tag) => (
                <option key={tag} value={tag}>
                  {languageName(tag, i18n.language)}
                </option>
              ))}
            </Select>
          )}
        </>
      }
    />
  );
}
