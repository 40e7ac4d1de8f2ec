import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link, useParams } from "react-router";
import { api, data } from "@/api/client";
import { isProblem } from "@/api/problems";
import { ButtonLink } from "@/components/Button";
import { ForModerators } from "@/components/moderation/ForModerators";
import { Empty, Loading, Trouble } from "@/components/States";
import { Ago, LanguageName } from "@/components/Words";
import { Frame } from "../Frame";
import { PEOPLE } from "../keys";
import shared from "../oversee.module.css";
import { StatusChips } from "../StatusChips";
import type { Profile } from "../types";
import { ActivityPart } from "./ActivityPart";
import { AgreementPart, DuplicatesPart, SpeedPart, TrollingPart } from "./FigurePart";
import { AppealsPart, DecisionsPart, NetworksPart, ReportsPart } from "./KnownPart";
import { NotesPart } from "./NotesPart";
import { PersonActs } from "./PersonActs";
import styles from "./person.module.css";

/** Everything a moderator should know about somebody before deciding anything about them. */
export default function PersonPage() {
  return (
    <ForModerators>
      <One />
    </ForModerators>
  );
}

function One() {
  const { t } = useTranslation("oversee");
  const { id = "" } = useParams();
  const {
    data: profile,
    error,
    refetch,
  } = useQuery({
    queryKey: [...PEOPLE, "one", id],
    queryFn: ({ signal }) =>
      data(api.GET("/api/v1/moderation/people/{person_id}", { params: { path: { person_id: id } }, signal })),
  });
  const name = profile && (profile.display_name || t("people.nameless"));
  return (
    <Frame title={name ?? t("person.title")} lead={profile && <Head person={profile} />}>
      {!profile && !error && <Loading lines={8} />}
      {error && <NotThere error={error} retry={() => void refetch()} />}
      {profile && <Parts of={profile} />}
    </Frame>
  );
}

function NotThere({ error, retry }: { error: Error; retry: () => void }) {
  const { t } = useTranslation("oversee");
  if (!isProblem(error) || error.status !== 404) return <Trouble error={error} retry={retry} />;
  return (
    <Empty
      title={t("person.notFound")}
      action={<ButtonLink to="/moderate/people">{t("person.toPeople")}</ButtonLink>}
    />
  );
}

function Head({ person }: { person: Profile }) {
  const { t } = useTranslation("oversee");
  return (
    <span className={styles["head"]}>
      <span>{t(`people.roles.${person.role}`)}</span>
      <span>
        {t("people.joined")} <Ago at={person.created_at} />
      </span>
      {person.last_active && (
        <span>
          {t("people.lastActive")} <Ago at={person.last_active} />
        </span>
      )}
      {person.email && <span dir="ltr">{person.email}</span>}
      {person.left_at && (
        <span>
          {t("person.left")} <Ago at={person.left_at} />
        </span>
      )}
      {person.imported && <span>{t("person.imported")}</span>}
      {person.languages.length > 0 && (
        <span className={styles["tags"]}>
          {person.languages.map((tag) => (
            <span key={tag}>
              <LanguageName tag={tag} />
            </span>
          ))}
        </span>
      )}
    </span>
  );
}

function Parts({ of }: { of: Profile }) {
  const { t } = useTranslation("oversee");
  return (
    <>
      <StatusChips of={of} quiet />
      <PersonActs key={of.id} of={of} />
      <ActivityPart weeks={of.activity} />
      <div className={styles["parts"]}>
        <AgreementPart of={of} />
        <TrollingPart of={of.trolling} />
        <SpeedPart speed={of.speed} />
        <DuplicatesPart of={of.duplicates} />
        <NetworksPart networks={of.networks} />
        <ReportsPart of={of.reports_made} />
        <NotesPart person={of.id} notes={of.notes} />
        <AppealsPart appeals={of.appeals} />
      </div>
      <DecisionsPart decisions={of.decisions} />
      <p>
        <Link className={shared["way"]} to="/moderate/people">
          {t("person.toPeople")}
        </Link>
      </p>
    </>
  );
}
