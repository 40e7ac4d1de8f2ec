import { useEffect, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Link, useLocation, useParams } from "react-router";
import { isProblem } from "@/api/problems";
import { ButtonLink } from "@/components/Button";
import { Markdown } from "@/components/Markdown";
import { Page } from "@/components/Page";
import { Empty, Loading, Note, Trouble } from "@/components/States";
import { Day } from "@/components/Words";
import { useDataSet } from "./asking";
import { ChangesPart } from "./ChangesPart";
import { Extent } from "./Extent";
import { FiguresPart } from "./FiguresPart";
import { FilesPart } from "./FilesPart";
import { GonePart } from "./GonePart";
import { LoadPart } from "./LoadPart";
import { Part } from "./Part";
import styles from "./publish.module.css";
import { SamplesPart } from "./SamplesPart";
import type { DataSet } from "./types";

/** One data set: what is in it, what it looks like, how to get it. */
export default function DatasetPage() {
  const { t } = useTranslation("publish");
  const { name = "" } = useParams();
  const { data, error, refetch } = useDataSet(name);
  if (data) return <Told key={data.name} of={data} />;
  const missing = isProblem(error) && error.status === 404;
  return (
    <Page title={t("one")} width="wide">
      {!error && <Loading lines={10} />}
      {missing && (
        <Empty title={t("missing")} action={<ButtonLink to="/datasets">{t("toAll")}</ButtonLink>}>
          {t("missingHelp")}
        </Empty>
      )}
      {error && !missing && <Trouble error={error} retry={() => void refetch()} />}
    </Page>
  );
}

/** What is told of it. `key` makes another data set another page. */
export function Told({ of }: { of: DataSet }) {
  const { t } = useTranslation("publish");
  useAnchor();
  return (
    <Page
      title={of.title || of.name}
      width="wide"
      actions={
        !of.recalled_at && (
          <ButtonLink look="primary" to="#files">
            {t("toFiles")}
          </ButtonLink>
        )
      }
    >
      {of.recalled_at && <Recalled of={of} at={of.recalled_at} />}
      <Facts of={of} />
      <div className={styles["layout"]}>
        <Contents of={of} />
        <div className={styles["parts"]}>
          <Parts of={of} />
        </div>
      </div>
    </Page>
  );
}

const FILES = ["files", "load"] as const;

/** Which parts there is something to tell in. */
function partsOf(of: DataSet): string[] {
  return [
    ...(of.numbers ? ["figures"] : []),
    ...(of.samples.length > 0 ? ["samples"] : []),
    ...(of.order_in_words.length > 0 ? ["chosen"] : []),
    ...(of.recalled_at ? [] : FILES),
    ...(of.card ? ["card"] : []),
    ...(of.changes ? ["changes"] : []),
    "gone",
  ];
}

function Contents({ of }: { of: DataSet }) {
  const { t } = useTranslation("publish");
  return (
    <nav className={styles["contents"]} aria-label={t("contents")}>
      <ul>
        {partsOf(of).map((part) => (
          <li key={part}>
            <a href={`#${part}`}>{t(`part.${part}`)}</a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function Parts({ of }: { of: DataSet }) {
  return (
    <>
      {of.numbers && <FiguresPart numbers={of.numbers} />}
      <SamplesPart samples={of.samples} />
      {of.order_in_words.length > 0 && <ChosenPart words={of.order_in_words} />}
      {!of.recalled_at && (
        <>
          <FilesPart of={of} />
          <LoadPart of={of} />
        </>
      )}
      {of.card && <CardPart card={of.card} />}
      {of.changes && <ChangesPart changes={of.changes} />}
      <GonePart of={of} />
    </>
  );
}

function Facts({ of }: { of: DataSet }) {
  const { t } = useTranslation("publish");
  return (
    <div className={styles["about"]}>
      <Extent of={of} />
      <dl className={styles["pairs"]}>
        <Pair what={t("fact.name")}>
          <bdi dir="ltr" className={styles["name"]}>
            {of.name}
          </bdi>
        </Pair>
        <Pair what={t("fact.published")}>
          <Day at={of.published_at} />
        </Pair>
        <Pair what={t("fact.taken")}>
          <Day at={of.taken_at} />
        </Pair>
        <Pair what={t("fact.licence")}>
          <bdi>{of.licence}</bdi>
        </Pair>
        {of.previous && (
          <Pair what={t("fact.previous")}>
            <Version name={of.previous} />
          </Pair>
        )}
        {of.next && (
          <Pair what={t("fact.next")}>
            <Version name={of.next} />
          </Pair>
        )}
      </dl>
      {of.notes && <Markdown text={of.notes} />}
    </div>
  );
}

function Pair({ what, children }: { what: string; children: ReactNode }) {
  return (
    <div>
      <dt>{what}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Version({ name }: { name: string }) {
  return (
    <Link to={`/datasets/${name}`}>
      <bdi dir="ltr">{name}</bdi>
    </Link>
  );
}

function Recalled({ of, at }: { of: DataSet; at: string }) {
  const { t } = useTranslation("publish");
  return (
    <Note tone="bad" title={t("recalled.title")}>
      <p>
        <Day at={at} />
        {of.recalled_why && (
          <>
            {" · "}
            <bdi>{of.recalled_why}</bdi>
          </>
        )}
      </p>
      <p>{t("recalled.help")}</p>
    </Note>
  );
}

function ChosenPart({ words }: { words: readonly string[] }) {
  const { t } = useTranslation("publish");
  return (
    <Part id="chosen" title={t("part.chosen")} lead={t("chosenHelp")}>
      <ul className={styles["points"]}>
        {words.map((line) => (
          <li key={line}>
            <bdi>{line}</bdi>
          </li>
        ))}
      </ul>
    </Part>
  );
}

function CardPart({ card }: { card: string }) {
  const { t } = useTranslation("publish");
  return (
    <Part id="card" title={t("part.card")} lead={t("cardHelp")}>
      <details className={styles["fold"]}>
        <summary>{t("readCard")}</summary>
        <Markdown text={card} lang="en" />
      </details>
    </Part>
  );
}

/** The browser looks for the anchor before the page is there. */
function useAnchor() {
  const { hash, key } = useLocation();
  useEffect(() => {
    if (!hash) return;
    const part = document.getElementById(hash.slice(1));
    part?.scrollIntoView();
    part?.focus({ preventScroll: true });
  }, [hash, key]);
}
