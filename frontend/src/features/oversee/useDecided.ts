import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, data } from "@/api/client";
import { problemOf } from "@/api/problems";
import { useSay } from "@/components/Toasts";

/** A decision that was made. */
export interface Made {
  id: string;
}

/**
 * After a decision: say so, with a way to take it back, by the toast or by a key; all that moderators see is asked
 * again. `undoLast` is null while there is nothing of this page to take back.
 */
export function useDecided() {
  const { t } = useTranslation("oversee");
  const say = useSay();
  const queries = useQueryClient();
  const [last, setLast] = useState<(Made & { hide: () => void }) | null>(null);
  const again = () => queries.invalidateQueries({ queryKey: ["moderation"] });

  const undo = useMutation({
    mutationFn: (id: string) =>
      data(
        api.POST("/api/v1/moderation/decisions/{decision_id}/undo", {
          params: { path: { decision_id: id } },
          body: { why: t("undoWhy"), reason: "" },
        }),
      ),
    onSuccess: () => say(t("undone")),
    onError: (error) => {
      const { detail, remedy } = problemOf(error);
      say([detail || t("common:trouble.noAnswer"), remedy].filter(Boolean).join(" "));
    },
    onSettled: again,
  });

  const takeBack = (id: string) => {
    setLast(null);
    undo.mutate(id);
  };

  /** Null: it is not undone but called off, elsewhere. */
  const decided = (made: Made | null, words: string) => {
    void again();
    if (!made) return void say(words);
    const action = { label: t("common:undo"), run: () => takeBack(made.id) };
    setLast({ id: made.id, hide: say(words, { action }) });
  };

  const undoLast = last && (() => (last.hide(), takeBack(last.id)));
  return { decided, undoLast };
}
