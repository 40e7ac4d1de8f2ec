import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { api, data, type Schemas } from "@/api/client";
import { Button } from "@/components/Button";
import { TextArea } from "@/components/Field";
import { Trouble } from "@/components/States";
import { useSay } from "@/components/Toasts";
import { Ago } from "@/components/Words";
import { useHotkeys } from "@/lib/hotkeys";
import { PEOPLE } from "../keys";
import { Section } from "./Section";
import styles from "./person.module.css";

type PersonNote = Schemas["ProfileNote"];

const MOST = 2000;

/** What moderators wrote down for each other. Nobody else reads it. */
export function NotesPart({ person, notes }: { person: string; notes: readonly PersonNote[] }) {
  const { t } = useTranslation("oversee");
  const say = useSay();
  const queries = useQueryClient();
  const [text, setText] = useState("");
  const form = useRef<HTMLFormElement>(null);
  const again = () => queries.invalidateQueries({ queryKey: [...PEOPLE, "one", person] });
  const add = useMutation({
    mutationFn: (words: string) =>
      data(
        api.POST("/api/v1/moderation/people/{person_id}/notes", {
          params: { path: { person_id: person } },
          body: { text: words },
        }),
      ),
    onSuccess: again,
  });
  const takeAway = useMutation({
    mutationFn: (note: PersonNote) =>
      data(api.DELETE("/api/v1/moderation/notes/{note_id}", { params: { path: { note_id: note.id } } })),
    onSuccess: (_, note) => {
      say(t("notes.gone"), {
        action: { label: t("common:undo"), run: () => add.mutate(note.text) },
      });
      return again();
    },
  });
  const keep = () => {
    const words = text.trim();
    if (words && !add.isPending) add.mutate(words, { onSuccess: () => setText("") });
  };
  useHotkeys([
    { keys: "n", label: t("notes.add"), run: () => form.current?.querySelector("textarea")?.focus() },
  ]);
  return (
    <Section title={t("notes.title")} hint={t("notes.hint")}>
      <ul className={styles["lines"]}>
        {notes.map((note) => (
          <li key={note.id} className={styles["note"]}>
            <p dir="auto">{note.text}</p>
            <p className="soft small">
              <bdi>{note.by?.display_name}</bdi> <Ago at={note.at} />
            </p>
            <Button
              look="bare"
              icon="close"
              aria-label={t("notes.remove")}
              busy={takeAway.isPending && takeAway.variables.id === note.id}
              onClick={() => takeAway.mutate(note)}
            />
          </li>
        ))}
      </ul>
      {(add.error ?? takeAway.error) && <Trouble error={add.error ?? takeAway.error} />}
      <form
        ref={form}
        className={styles["form"]}
        onSubmit={(event) => {
          event.preventDefault();
          keep();
        }}
      >
        <TextArea
          label={t("notes.add")}
          rows={2}
          maxLength={MOST}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        <Button type="submit" icon="plus" busy={add.isPending} disabled={!text.trim()}>
          {t("notes.keep")}
        </Button>
      </form>
    </Section>
  );
}
