import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { Wide } from "@/components/Wide";
import { enough, lasting, percent } from "../figures";
import { Parts } from "../Parts";
import type { Profile, Share, Troll } from "../types";
import { ShareWords, Whisker } from "../Whisker";
import shared from "../oversee.module.css";
import { Section } from "./Section";
import styles from "./person.module.css";

/** What became of what they wrote, and how far they judge as others do. */
export function AgreementPart({ of: { acceptance, agreement } }: { of: Profile }) {
  const { t, i18n } = useTranslation("oversee");
  const { reviews, rankings } = agreement;
  return (
    <Section title={t("person.judged")} hint={t("person.judgedHint")}>
      <dl className={styles["figures"]}>
        <Figure name={t("person.accepted")} share={acceptance} good={acceptance.accepted} />
        <Figure name={t("person.agreed")} share={reviews} good={reviews.agreed} />
        <div>
          <dt>{t("person.ranked")}</dt>
          <dd>
            {rankings.mean === null
              ? t("share.none")
              : t("person.rankedMean", { mean: percent(rankings.mean, i18n.language), count: rankings.n })}
          </dd>
        </div>
      </dl>
    </Section>
  );
}

function Figure({ name, share, good }: { name: string; share: Share; good: number }): ReactNode {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        <ShareWords good={good} of={share} />
        {enough(share) && <Whisker of={share} />}
      </dd>
    </div>
  );
}

/** How many of their pieces went wrong, as on the board of trolls. */
export function TrollingPart({ of }: { of: Troll | null }) {
  const { t, i18n } = useTranslation("oversee");
  return (
    <Section
      title={t("person.wrong")}
      hint={
        <Link className={shared["way"]} to="/moderate/trolls">
          {t("person.toBoard")}
        </Link>
      }
    >
      {of && of.pieces > 0 ? (
        <>
          <p>
            <strong>{percent(of.rate, i18n.language)}</strong>{" "}
            <ShareWords good={of.bad} of={{ ...of, n: of.pieces }} />
          </p>
          <Whisker of={of} />
          <Parts of={of.parts} />
        </>
      ) : (
        <p className="soft">{t("person.noneWrong")}</p>
      )}
    </Section>
  );
}

/** How fast they are, against everybody. */
export function SpeedPart({ speed }: { speed: Profile["speed"] }) {
  const { t, i18n } = useTranslation("oversee");
  const done = speed.filter((one) => one.n > 0 && one.median_seconds !== null);
  const words = (seconds: number | null) => (seconds === null ? "–" : lasting(seconds, i18n.language));
  return (
    <Section title={t("person.speed")} hint={t("person.speedHint")}>
      {done.length === 0 && <p className="soft">{t("person.noSpeed")}</p>}
      {done.length > 0 && (
        <Wide name={t("person.speed")}>
          <table className={styles["table"]}>
            <thead>
              <tr>
                <th scope="col">{t("person.task")}</th>
                <th scope="col" className={styles["number"]}>
                  {t("person.times")}
                </th>
                <th scope="col">{t("person.they")}</th>
                <th scope="col">{t("person.everybody")}</th>
              </tr>
            </thead>
            <tbody>
              {done.map((one) => (
                <tr key={one.kind}>
                  <th scope="row">{t(`common:kind.${one.kind}`)}</th>
                  <td className={styles["number"]}>{one.n}</td>
                  <td>{words(one.median_seconds)}</td>
                  <td>{words(one.everybody_median)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </Wide>
      )}
    </Section>
  );
}

/** Which of their prompts are very like earlier ones. */
export function DuplicatesPart({ of }: { of: Profile["duplicates"] }) {
  const { t, i18n } = useTranslation("oversee");
  const any = of.n + of.own > 0;
  return (
    <Section title={t("person.duplicates")} hint={any && t("person.duplicatesHint")}>
      <p className={any ? "" : "soft"}>
        {any ? t("person.duplicatesOf", { n: of.n, own: of.own, count: of.of }) : t("person.noDuplicates")}
      </p>
      <ul className={styles["lines"]}>
        {of.examples.map((twin) => (
          <li key={twin.message_id} className={styles["twins"]}>
            <Begins id={twin.message_id} excerpt={twin.excerpt} />
            <p className="soft small">
              {t(twin.own ? "person.likeOwn" : "person.likeOther", {
                name: twin.twin_author?.display_name ?? t("people.nameless"),
                likeness: twin.likeness === null ? "" : percent(twin.likeness, i18n.language),
              })}
            </p>
            <Begins id={twin.twin_id} excerpt={twin.twin_excerpt} />
          </li>
        ))}
      </ul>
    </Section>
  );
}

function Begins({ id, excerpt }: { id: string; excerpt: string }) {
  return (
    <Link to={`/messages/${id}`} className={shared["begins"]} dir="auto">
      <span>{excerpt || "…"}</span>
    </Link>
  );
}
