import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { Schemas } from "@/api/client";
import { languageName } from "@/lib/languages";
import styles from "./follow.module.css";
import type { Message } from "./model";
import { percent } from "./words";

type Found = Schemas["Opinion"]["personal_data"][number];

/** The pieces of a text that a machine takes for personal data, each once. Places count characters as Unicode has them. */
export function piecesOf(text: string, found: readonly Found[]): { kind: Found["kind"]; piece: string }[] {
  const characters = [...text];
  const pieces = found.map(({ kind, start, end }) => ({
    kind,
    piece: characters.slice(start, end).join(""),
  }));
  return pieces.filter(
    ({ kind, piece }, place) => pieces.findIndex((one) => one.kind === kind && one.piece === piece) === place,
  );
}

/** What lighter checks say of a text; moderators are told. */
export function Opinion({ opinion, message }: { opinion: Schemas["Opinion"]; message: Message }) {
  const { t, i18n } = useTranslation("follow");
  const pieces = piecesOf(message.text ?? "", opinion.personal_data);
  return (
    <section>
      <p className={styles["judge"]}>{t("opinion.title")}</p>
      <ul className={styles["opinion"]}>
        <li>
          {opinion.language
            ? t("opinion.language", {
                language: languageName(opinion.language, i18n.language),
                share: percent(opinion.language_sure ?? 0, i18n.language),
              })
            : t("opinion.noLanguage")}
        </li>
        {pieces.map(({ kind, piece }) => (
          <li key={`${kind} ${piece}`}>
            {t(`opinion.data.${kind}`)} <bdi>{piece}</bdi>
          </li>
        ))}
        {opinion.twin_id && (
          <li>
            <Link to={`/messages/${opinion.twin_id}`}>
              {t("opinion.twin", { share: percent(opinion.likeness ?? 0, i18n.language) })}
            </Link>
          </li>
        )}
      </ul>
    </section>
  );
}
