import { useTranslation } from "react-i18next";
import { useParams } from "react-router";
import { useMe } from "@/api/me";
import { isProblem } from "@/api/problems";
import { ButtonLink } from "@/components/Button";
import { Markdown } from "@/components/Markdown";
import { ForModerators } from "@/components/moderation/ForModerators";
import { Card } from "@/components/Page";
import { Empty, Loading, Trouble } from "@/components/States";
import { useRelease } from "./asking";
import { ChangesPart } from "./ChangesPart";
import { ChecksPart } from "./ChecksPart";
import { FiguresPart } from "./FiguresPart";
import { FilesPart } from "./FilesPart";
import { Frame } from "./Frame";
import styles from "./release.module.css";
import { StandPart } from "./StandPart";
import type { Release } from "./types";

/** One release: how far it is, what is in it, what the checks say, and what can be done. */
export default function ReleasePage() {
  return (
    <ForModerators>
      <Shown />
    </ForModerators>
  );
}

function Shown() {
  const { t } = useTranslation("release");
  const { name = "" } = useParams();
  const found = useRelease(name);
  if (isProblem(found.error) && found.error.status === 404)
    return (
      <Empty
        alone
        title={t("notFound")}
        action={<ButtonLink to="/moderate/releases">{t("toAll")}</ButtonLink>}
      />
    );
  return (
    <Frame title={found.data?.title || name} under>
      {found.isPending && <Loading lines={8} />}
      {found.error && <Trouble error={found.error} retry={() => void found.refetch()} />}
      {found.data && <Parts release={found.data} />}
    </Frame>
  );
}

function Parts({ release }: { release: Release }) {
  const mayAct = useMe().data?.role === "admin";
  return (
    <>
      <StandPart release={release} mayAct={mayAct} />
      <ChecksPart release={release} />
      <FiguresPart release={release} />
      <ChangesPart changes={release.changes} />
      <FilesPart release={release} />
      <OrderPart release={release} />
    </>
  );
}

function OrderPart({ release }: { release: Release }) {
  const { t } = useTranslation("release");
  return (
    <Card className={styles["part"] ?? ""} aria-labelledby="ordered">
      <h2 id="ordered">{t("order.title")}</h2>
      {release.order_in_words.length > 0 && (
        <ul className={styles["plain"]}>
          {release.order_in_words.map((words) => (
            <li key={words}>{words}</li>
          ))}
        </ul>
      )}
      {release.notes && <Markdown text={release.notes} />}
    </Card>
  );
}
