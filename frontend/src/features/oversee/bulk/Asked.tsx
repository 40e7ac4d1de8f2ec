import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { languageName } from "@/lib/languages";
import { absolute } from "@/lib/time";
import styles from "./bulk.module.css";

/** By what messages were chosen, in words. */
export function Asked({ selection }: { selection: Readonly<Record<string, unknown>> }) {
  const { t, i18n } = useTranslation("oversee");
  const words = (name: string, value: unknown) => {
    const said = String(value);
    switch (name) {
      case "lang":
        return languageName(said, i18n.language);
      case "role":
        return t(`common:role.${said}`);
      case "state":
        return t(`common:state.${said}`);
      case "review_result":
        return t(`bulk.results.${said}`);
      case "deleted":
        return t(`bulk.deletedOnes.${said}`);
      case "since":
      case "until":
        return absolute(said, i18n.language);
      case "ids":
        return t("batch.byHand", { count: Number(value) });
      case "person":
        return <Link to={`/moderate/people/${said}`}>{t("batch.thePerson")}</Link>;
      case "like":
        return <Link to={`/messages/${said}`}>{t("batch.theMessage")}</Link>;
      default:
        return <bdi>{said}</bdi>;
    }
  };
  return (
    <dl className={styles["asked"]}>
      {Object.entries(selection)
        .filter(([name]) => name !== "match_case")
        .map(([name, value]) => (
          <div key={name}>
            <dt>{t(`batch.asked.${name}`)}</dt>
            <dd>{words(name, value)}</dd>
          </div>
        ))}
    </dl>
  );
}
